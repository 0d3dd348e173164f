namespace OnnxDeep;

/// <summary>How far an output of two models is apart, over all sets of inputs.</summary>
/// <param name="Name">
/// The output's name; where the other model calls it otherwise, both names with an arrow between.
/// </param>
/// <param name="Reference">What the reference gave first, such as <c>float [1, 5]</c>.</param>
/// <param name="Difference">What the other model gave first.</param>
/// <param name="Passed">Whether no difference is beyond the tolerances.</param>
/// <param name="MaxAbsoluteError">
/// The largest |difference - reference|; null where shapes or types differ so that nothing was compared.
/// </param>
/// <param name="MaxRelativeError">The largest |difference - reference| / |reference|; likewise.</param>
/// <param name="FirstDifference">
/// The first difference beyond the tolerances, where the reference's number is the expected one; null where there is
/// none.
/// </param>
public sealed record OutputComparison(
    string Name,
    string Reference,
    string Difference,
    bool Passed,
    double? MaxAbsoluteError,
    double? MaxRelativeError,
    string? FirstDifference)
{
    /// <summary>Name, type and errors in one line.</summary>
    public override string ToString()
    {
        string type = Reference == Difference ? Reference : $"{Reference} → {Difference}";
        string errors = MaxAbsoluteError is null
            ? "nothing compared"
            : FormattableString.Invariant($"max. error {MaxAbsoluteError:G3}, relative {MaxRelativeError:G3}");
        return $"{Name}: {type} {(Passed ? "agrees" : "differs")}, {errors}";
    }
}
