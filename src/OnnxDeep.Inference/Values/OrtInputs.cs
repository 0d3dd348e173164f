using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Inputs in ONNX Runtime's representation.</summary>
internal sealed class OrtInputs : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);

    /// <summary>Creates copies of the values.</summary>
    /// <param name="inputs">Values by input name; an optional without a value is omitted.</param>
    /// <param name="types">Types by input name; they determine the element type of empty sequences.</param>
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

    /// <summary>The names of the inputs.</summary>
    public string[] Names { get; }

    /// <summary>The values in the order of their names.</summary>
    public OrtValue[] Values { get; }

    /// <summary>Releases the values.</summary>
    public void Dispose()
    {
        foreach (OrtValue value in _values.Values)
        {
            value.Dispose();
        }
    }
}
