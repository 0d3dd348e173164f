using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Sessions;

/// <summary>What a run gave, by the names of the outputs. Valid until it is disposed of.</summary>
public sealed class SessionOutputs : IDisposable
{
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;
    private readonly IReadOnlyList<string> _names;

    internal SessionOutputs(IDisposableReadOnlyCollection<OrtValue> values, IReadOnlyList<string> names)
    {
        _values = values;
        _names = names;
    }

    /// <summary>The numbers of a float output, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    /// <exception cref="OnnxRuntimeException">It holds something else.</exception>
    public ReadOnlySpan<float> GetFloats(string name) => Find(name).GetTensorDataAsSpan<float>();

    /// <summary>The values of a bool output, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    /// <exception cref="OnnxRuntimeException">It holds something else.</exception>
    public ReadOnlySpan<bool> GetBooleans(string name) => Find(name).GetTensorDataAsSpan<bool>();

    /// <summary>The texts of a string output, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    /// <exception cref="OnnxRuntimeException">It holds something else.</exception>
    public string[] GetStrings(string name) => Find(name).GetStringTensorAsArray();

    /// <summary>Frees the values.</summary>
    public void Dispose() => _values.Dispose();

    private OrtValue Find(string name)
    {
        for (int i = 0; i < _names.Count; i++)
        {
            if (_names[i] == name)
            {
                return _values[i];
            }
        }

        throw new ArgumentException($"The run gave {string.Join(", ", _names)}, not '{name}'.", nameof(name));
    }
}
