namespace OnnxDeep.Onnx.Tensors;

/// <summary>An input or output value of a model: a tensor, a sequence, a map or an optional.</summary>
public abstract class OnnxValue
{
    private protected OnnxValue()
    {
    }

    /// <summary>The name of the value in its file; empty if there is none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The value as plain .NET objects: a scalar, an array, a list, a dictionary, or null.</summary>
    public abstract object? ToObject();
}

/// <summary>A value that may be missing.</summary>
/// <param name="value">The value; null if it is missing.</param>
public sealed class OnnxOptional(OnnxValue? value) : OnnxValue
{
    /// <summary>The value; null if it is missing.</summary>
    public OnnxValue? Value { get; } = value;

    /// <summary>The object for the value, or null.</summary>
    public override object? ToObject() => Value?.ToObject();

    /// <summary>The value as text, or <c>nothing</c>.</summary>
    public override string ToString() => Value?.ToString() ?? "nothing";
}

/// <summary>An ordered list of values of one type.</summary>
/// <param name="items">The values; not copied.</param>
public sealed class OnnxSequence(IReadOnlyList<OnnxValue> items) : OnnxValue
{
    /// <summary>The values.</summary>
    public IReadOnlyList<OnnxValue> Items { get; } = CellText.List(items);

    /// <summary>An array of the objects for the values.</summary>
    public override object? ToObject() => Items.Select(item => item.ToObject()).ToArray();

    /// <summary>The number of values, such as <c>sequence of 3</c>.</summary>
    public override string ToString() => $"sequence of {Items.Count}";
}

/// <summary>Values by key; keys are integers or texts.</summary>
public sealed class OnnxMap : OnnxValue
{
    /// <summary>Creates a map.</summary>
    /// <param name="keys">[count] of int64 or string.</param>
    /// <param name="values">One element for each key, in one dimension.</param>
    /// <exception cref="ArgumentException">The number of values differs from the number of keys.</exception>
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

    /// <summary>The map as an <see cref="OnnxDictionary"/>.</summary>
    public override object? ToObject() => new OnnxDictionary(this);

    /// <summary>The number of keys, such as <c>map of 3</c>.</summary>
    public override string ToString() => $"map of {Keys.Count}";
}
