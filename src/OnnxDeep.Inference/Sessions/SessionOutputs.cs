using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Sessions;

/// <summary>The outputs of a run by name. Valid until disposed.</summary>
public sealed class SessionOutputs : IDisposable
{
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;
    private readonly IReadOnlyList<string> _names;

    internal SessionOutputs(IDisposableReadOnlyCollection<OrtValue> values, IReadOnlyList<string> names)
    {
        _values = values;
        _names = names;
    }

    /// <summary>Returns the numbers of a float output, row-major.</summary>
    /// <exception cref="ArgumentException">There is no output with this name.</exception>
    /// <exception cref="OnnxRuntimeException">The output has another type.</exception>
    public ReadOnlySpan<float> GetFloats(string name) => Find(name).GetTensorDataAsSpan<float>();

    /// <summary>Returns the values of a bool output, row-major.</summary>
    /// <exception cref="ArgumentException">There is no output with this name.</exception>
    /// <exception cref="OnnxRuntimeException">The output has another type.</exception>
    public ReadOnlySpan<bool> GetBooleans(string name) => Find(name).GetTensorDataAsSpan<bool>();

    /// <summary>Returns the strings of a string output, row-major.</summary>
    /// <exception cref="ArgumentException">There is no output with this name.</exception>
    /// <exception cref="OnnxRuntimeException">The output has another type.</exception>
    public string[] GetStrings(string name) => Find(name).GetStringTensorAsArray();

    /// <summary>Releases the values.</summary>
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

        throw new ArgumentException($"The run returned {string.Join(", ", _names)}, not '{name}'.", nameof(name));
    }
}
