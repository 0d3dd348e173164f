using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Inputs as the runtime takes them.</summary>
internal sealed class OrtInputs : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);

    /// <summary>Copies the values.</summary>
    /// <param name="inputs">By name; an optional without a value is left out.</param>
    /// <param name="types">By name; they tell the elements of empty sequences.</param>
    public OrtInputs(IReadOnlyDictionary<string, OnnxValue> inputs, IReadOnlyDictionary<string, OnnxType> types)
    {
        try
        {
            foreach ((string name, OnnxValue value) in inputs)
            {
                if (value is not OnnxOptional { Value: null })
                {
                    _values.Add(name, OrtValues.ToRuntime(value, types.GetValueOrDefault(name)));
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        Names = [.. _values.Keys];
        Values = [.. _values.Values];
    }

    /// <summary>The names.</summary>
    public string[] Names { get; }

    /// <summary>The values in the order of their names.</summary>
    public OrtValue[] Values { get; }

    /// <summary>Frees the values.</summary>
    public void Dispose()
    {
        foreach (OrtValue value in _values.Values)
        {
            value.Dispose();
        }
    }
}
