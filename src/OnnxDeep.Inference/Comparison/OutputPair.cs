using OnnxDeep.Inference.Values;

namespace OnnxDeep.Inference.Comparison;

/// <summary>An output of one model and the one of another that is compared with it.</summary>
/// <param name="Reference">Its name in the reference.</param>
/// <param name="Difference">Its name in the other model.</param>
internal sealed record OutputPair(string Reference, string Difference)
{
    /// <summary>One name where both have the same.</summary>
    public string Name => Reference == Difference ? Reference : $"{Reference} → {Difference}";

    /// <summary>
    /// The outputs of the same names; where there are none, and as many on both sides, those in the same places.
    /// </summary>
    /// <param name="reference">A model.</param>
    /// <param name="difference">Another one.</param>
    /// <exception cref="ModelException">There is nothing to compare.</exception>
    public static IReadOnlyList<OutputPair> Match(ModelRunner reference, ModelRunner difference)
    {
        string[] common = [.. reference.Outputs.Intersect(difference.Outputs)];
        return common.Length > 0 ? [.. common.Select(name => new OutputPair(name, name))]
            : reference.Outputs.Count == difference.Outputs.Count
                ? [.. reference.Outputs.Zip(difference.Outputs, (one, other) => new OutputPair(one, other))]
            : throw new ModelException(
                ErrorIds.ModelOutputMismatch,
                $"No output can be compared: the reference gives {Text(reference)}, and the other model "
                + $"{Text(difference)}. Compare models that have an output of the same name, or as many outputs.");
    }

    private static string Text(ModelRunner model) => string.Join("; ", model.Signature.Outputs);
}
