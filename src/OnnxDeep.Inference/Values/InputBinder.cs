using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Finds the inputs that a user's names mean.</summary>
/// <param name="path">The model's file, for errors.</param>
/// <param name="inputs">The model's inputs.</param>
internal sealed class InputBinder(string path, IReadOnlyList<OnnxParameter> inputs)
{
    /// <summary>Some of the inputs with the values that they are given.</summary>
    /// <param name="values">By the names of inputs, whatever their case where no other is written so.</param>
    /// <param name="unwrap">Takes a shell's wrapper off a value.</param>
    /// <exception cref="ModelException">A name is unknown, or a value of another type or shape.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Bind(
        IReadOnlyDictionary<string, object?> values, Func<object?, object?> unwrap) => Convert(Find(values), unwrap);

    /// <summary>The inputs that are meant.</summary>
    /// <exception cref="ModelException">A name is unknown.</exception>
    internal IReadOnlyDictionary<OnnxParameter, object?> Find(IReadOnlyDictionary<string, object?> values)
    {
        // Two spellings of one name are one input; the later value counts.
        var found = new Dictionary<OnnxParameter, object?>();
        foreach ((string name, object? value) in values)
        {
            found[Find(name)] = value;
        }

        return found;
    }

    /// <summary>The values as the inputs take them.</summary>
    /// <exception cref="ModelException">A value is of another type or shape.</exception>
    internal static IReadOnlyDictionary<string, OnnxValue> Convert(
        IReadOnlyDictionary<OnnxParameter, object?> values, Func<object?, object?> unwrap) => values.ToDictionary(
            pair => pair.Key.Name,
            pair => new InputConverter(pair.Key, unwrap).Convert(pair.Value),
            StringComparer.Ordinal);

    private OnnxParameter Find(string name) =>
        inputs.FirstOrDefault(input => input.Name == name)
        ?? inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ModelException(
            ErrorIds.InputNameUnknown,
            $"The model '{path}' has no input '{name}'. It takes: {string.Join("; ", inputs)}.");
}
