using OnnxDeep.Inference.Values;

namespace OnnxDeep.Inference.Comparison;

/// <summary>An output of one model and the output of another model that it is compared with.</summary>
/// <param name="Reference">Its name in the reference.</param>
/// <param name="Difference">Its name in the other model.</param>
internal sealed record OutputPair(string Reference, string Difference)
{
    /// <summary>Separates two names of one output.</summary>
    public const string Arrow = " → ";

    /// <summary>The common name, or both names with an arrow if they differ.</summary>
    public string Name => Reference == Difference ? Reference : $"{Reference}{Arrow}{Difference}";

    /// <summary>
    /// Pairs outputs by name or, if no names match and both models have the same number of outputs, by position.
    /// </summary>
    /// <param name="reference">The first model.</param>
    /// <param name="difference">The second model.</param>
    /// <exception cref="ModelException">There is no output to compare.</exception>
    public static IReadOnlyList<OutputPair> Match(ModelRunner reference, ModelRunner difference)
    {
        string[] common = [.. reference.Outputs.Intersect(difference.Outputs)];
        return common.Length > 0 ? [.. common.Select(name => new OutputPair(name, name))]
            : reference.Outputs.Count == difference.Outputs.Count
                ? [.. reference.Outputs.Zip(difference.Outputs, (one, other) => new OutputPair(one, other))]
            : throw new ModelException(
                ErrorIds.ModelOutputMismatch,
                $"No output can be compared: the reference returns {Text(reference)}, and the other model returns "
                + $"{Text(difference)}. Compare models that have an output of the same name or the same number of "
                + "outputs.");
    }

    private static string Text(ModelRunner model) => string.Join("; ", model.Signature.Outputs);
}
