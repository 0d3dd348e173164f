using System.Collections.Specialized;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>What goes into a model or comes out of it: a tensor, a sequence, a map or an optional.</summary>
public abstract class OnnxValue
{
    private protected OnnxValue()
    {
    }

    /// <summary>The name that the value's file gives it; empty where there is none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The value as plain .NET objects: a scalar, an array, a list, a dictionary, or null.</summary>
    public abstract object? ToObject();
}

/// <summary>A value that may be missing.</summary>
/// <param name="value">The value; null where it is missing.</param>
public sealed class OnnxOptional(OnnxValue? value) : OnnxValue
{
    /// <summary>The value; null where it is missing.</summary>
    public OnnxValue? Value { get; } = value;

    /// <summary>The value's own object, or null.</summary>
    public override object? ToObject() => Value?.ToObject();

    /// <summary>The value's text, or <c>nothing</c>.</summary>
    public override string ToString() => Value?.ToString() ?? "nothing";
}

/// <summary>Values of one type in order.</summary>
/// <param name="items">The values; not copied.</param>
public sealed class OnnxSequence(IReadOnlyList<OnnxValue> items) : OnnxValue
{
    /// <summary>The values.</summary>
    public IReadOnlyList<OnnxValue> Items { get; } = items;

    /// <summary>An array of the values' own objects.</summary>
    public override object? ToObject() => Items.Select(item => item.ToObject()).ToArray();

    /// <summary>Such as <c>sequence of 3</c>.</summary>
    public override string ToString() => $"sequence of {Items.Count}";
}

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
