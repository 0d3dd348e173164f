using System.Collections.Specialized;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Values by keys, which are whole numbers or texts.</summary>
public sealed class OnnxMap : OnnxValue
{
    /// <summary>Makes a map.</summary>
    /// <param name="keys">[count] of int64 or string.</param>
    /// <param name="values">As many elements as there are keys, in one dimension.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than keys.</exception>
    public OnnxMap(OnnxTensor keys, OnnxTensor values)
    {
        if (keys.Count != values.Count)
        {
            throw new ArgumentException($"{keys.Count} keys cannot have {values.Count} values.", nameof(values));
        }

        Keys = keys;
        Values = values;
    }

    /// <summary>The keys, [count].</summary>
    public OnnxTensor Keys { get; }

    /// <summary>The values in the order of the keys, [count].</summary>
    public OnnxTensor Values { get; }

    /// <summary>A dictionary in the order of the keys.</summary>
    public override object? ToObject()
    {
        var pairs = new OrderedDictionary();
        for (int i = 0; i < Keys.Count; i++)
        {
            pairs[Keys.GetElement(i)] = Values.GetElement(i);
        }

        return pairs;
    }

    /// <summary>Such as <c>map of 3</c>.</summary>
    public override string ToString() => $"map of {Keys.Count}";
}
