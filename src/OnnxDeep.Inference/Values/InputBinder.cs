using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Finds the inputs that match names from the user.</summary>
/// <param name="path">The path of the model, for error messages.</param>
/// <param name="inputs">The model's inputs.</param>
internal sealed class InputBinder(string path, IReadOnlyList<OnnxParameter> inputs)
{
    /// <summary>Binds values to the inputs with their names.</summary>
    /// <param name="values">Values by input name; case is ignored unless names differ only by case.</param>
    /// <param name="unwrap">Removes a shell's wrapper from a value.</param>
    /// <exception cref="ModelException">A name is unknown, or a value has another type or shape.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Bind(
        IReadOnlyDictionary<string, object?> values, Func<object?, object?> unwrap) => Convert(Find(values), unwrap);

    /// <summary>Finds the inputs with these names.</summary>
    /// <exception cref="ModelException">A name is unknown.</exception>
    internal IReadOnlyDictionary<OnnxParameter, object?> Find(IReadOnlyDictionary<string, object?> values)
    {
        // Two spellings of a name mean the same input; the later value is used.
        var found = new Dictionary<OnnxParameter, object?>();
        foreach ((string name, object? value) in values)
        {
            found[Find(name)] = value;
        }

        return found;
    }

    /// <summary>Converts the values to those that the inputs take.</summary>
    /// <exception cref="ModelException">A value has another type or shape.</exception>
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
