using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Comparison;

/// <summary>
/// Maps the values of one model to the inputs of another: by name or, if no names match, by position.
/// </summary>
internal sealed class InputMatcher
{
    private readonly string _path;
    private readonly (string Reference, OnnxParameter Input)[] _pairs;

    /// <summary>Determines which input receives which value.</summary>
    /// <param name="path">The file of the model that receives the values, for error messages.</param>
    /// <param name="reference">The model that the values are for.</param>
    /// <param name="difference">The model that receives them.</param>
    /// <exception cref="ModelException">The model needs an input for which there is no value.</exception>
    public InputMatcher(string path, ModelRunner reference, ModelRunner difference)
    {
        _path = path;
        HashSet<string> names = [.. reference.Signature.Inputs.Select(input => input.Name)];
        OnnxParameter[] common = [.. difference.Signature.Inputs.Where(input => names.Contains(input.Name))];
        if (common.Length == 0 && reference.Inputs.Count == difference.Inputs.Count)
        {
            _pairs = [.. reference.Inputs.Zip(difference.Inputs, (one, other) => (one.Name, other))];
            return;
        }

        _pairs = [.. common.Select(input => (input.Name, input))];
        if (difference.Inputs.FirstOrDefault(
            input => input.Type.Kind != OnnxTypeKind.Optional && !names.Contains(input.Name)) is OnnxParameter missing)
        {
            throw new ModelException(
                ErrorIds.ModelInputMismatch,
                $"The model '{path}' needs the input {missing}, which the reference does not have. The reference takes "
                + $"{string.Join("; ", reference.Inputs)}. Compare models that take the same inputs, or compare only "
                + "the structure of the files.")
            {
                Context = ErrorContext.Comparison,
            };
        }
    }

    /// <summary>The inputs of the reference whose values the other model does not take.</summary>
    public IEnumerable<string> GetUnused(ModelRunner reference) => reference.Inputs
        .Select(input => input.Name)
        .Except(_pairs.Select(pair => pair.Reference));

    /// <summary>
    /// Converts the values to those that the other model takes; floating-point numbers are cast to its type.
    /// </summary>
    /// <param name="values">The values by input name of the reference.</param>
    /// <exception cref="ModelException">A value does not fit an input.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Match(IReadOnlyDictionary<string, OnnxValue> values) => _pairs
        .Where(pair => values.ContainsKey(pair.Reference))
        .ToDictionary(pair => pair.Input.Name, pair => Fit(values[pair.Reference], pair.Input), StringComparer.Ordinal);

    private OnnxValue Fit(OnnxValue value, OnnxParameter input)
    {
        try
        {
            return new InputConverter(input, item => item).Convert(OnnxTensor.CastFloats(value, input.Type));
        }
        catch (Exception e) when (e is ModelException or OverflowException)
        {
            throw new ModelException(
                (e as ModelException)?.ErrorId ?? ErrorIds.InputTypeMismatch,
                $"The model '{_path}' cannot take the reference's values. {e.Message}",
                e)
            {
                Context = ErrorContext.Comparison,
            };
        }
    }
}
