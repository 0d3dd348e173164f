using System.Globalization;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Finds the inputs that match names from the user.</summary>
/// <param name="path">The path of the model, for error messages.</param>
/// <param name="inputs">The model's inputs.</param>
/// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
internal sealed class InputBinder(string path, IReadOnlyList<OnnxParameter> inputs, CultureInfo? culture)
{
    private readonly ILookup<string, OnnxParameter> _byName =
        inputs.ToLookup(input => input.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Binds values to the inputs with their names.</summary>
    /// <param name="values">Values by input name; case is ignored unless names differ only by case.</param>
    /// <param name="unwrap">Removes a shell's wrapper from a value.</param>
    /// <exception cref="ModelException">
    /// A name is unknown or ambiguous, or a value has another type or shape.
    /// </exception>
    public IReadOnlyDictionary<string, OnnxValue> Bind(
        IReadOnlyDictionary<string, object?> values, Func<object?, object?> unwrap) =>
        Convert(Find(values), unwrap, out _);

    /// <summary>Finds the inputs with these names.</summary>
    /// <exception cref="ModelException">
    /// A name is unknown, may mean several inputs, or means the same input as another name.
    /// </exception>
    internal IReadOnlyDictionary<OnnxParameter, object?> Find(IReadOnlyDictionary<string, object?> values)
    {
        var found = new Dictionary<OnnxParameter, object?>();
        foreach ((string name, object? value) in values)
        {
            OnnxParameter input = Find(name);
            if (!found.TryAdd(input, value))
            {
                throw Ambiguous($"has two values for its input '{input.Name}', whose name was given in two spellings. "
                    + "Specify one of them.");
            }
        }

        return found;
    }

    /// <summary>Converts the values to those that the inputs take.</summary>
    /// <param name="values">The values by input.</param>
    /// <param name="unwrap">Removes a shell's wrapper from a value.</param>
    /// <param name="isRow">
    /// Whether every value for an input whose first axis is dynamic is a single row, without the batch axis.
    /// </param>
    /// <exception cref="ModelException">A value has another type or shape.</exception>
    internal IReadOnlyDictionary<string, OnnxValue> Convert(
        IReadOnlyDictionary<OnnxParameter, object?> values, Func<object?, object?> unwrap, out bool isRow)
    {
        var converted = new Dictionary<string, OnnxValue>(StringComparer.Ordinal);
        int rows = 0;
        int batches = 0;
        foreach ((OnnxParameter input, object? value) in values)
        {
            var converter = new InputConverter(input, unwrap, culture);
            converted.Add(input.Name, converter.Convert(value));
            rows += converter.IsRow ? 1 : 0;
            batches += !converter.IsRow && input.Type.Shape is [{ Extent: null }, ..] ? 1 : 0;
        }

        isRow = rows > 0 && batches == 0;
        return converted;
    }

    /// <summary>Finds the other input whose name differs from this one's only in case.</summary>
    internal static OnnxParameter? FindTwin(IEnumerable<OnnxParameter> inputs, OnnxParameter input) =>
        inputs.FirstOrDefault(other =>
            other.Name != input.Name && other.Name.Equals(input.Name, StringComparison.OrdinalIgnoreCase));

    private OnnxParameter Find(string name) => NameMatch.Find(_byName[name], input => input.Name, name) switch
    {
        [OnnxParameter input] => input,
        [] => throw new ModelException(
            ErrorIds.InputNameUnknown,
            $"The model '{path}' has no input '{name}'. It takes: {string.Join("; ", inputs)}."),
        var found => throw Ambiguous(
            $"takes {string.Join(" and ", found.Select(input => $"'{input.Name}'"))}, and '{name}' may be any of them. "
            + "Specify the names in their own case."),
    };

    private ModelException Ambiguous(string problem) =>
        new(ErrorIds.InputNameAmbiguous, $"The model '{path}' {problem}");
}
