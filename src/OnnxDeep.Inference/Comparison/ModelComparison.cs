using OnnxDeep.Inference.Sessions;

namespace OnnxDeep;

/// <summary>What two models, or one model run in two ways, have in common and what not.</summary>
public sealed record ModelComparison
{
    /// <summary>
    /// Whether every output that both have agrees within the tolerances; where nothing was run, whether the files have
    /// nothing differently.
    /// </summary>
    public required bool Passed { get; init; }

    /// <summary>The reference's name: its file's without the extension.</summary>
    public required string Reference { get; init; }

    /// <summary>The other model's name.</summary>
    public required string Difference { get; init; }

    /// <summary>Where the reference was run.</summary>
    public required string ReferenceProvider { get; init; }

    /// <summary>Where the other model was run.</summary>
    public required string DifferenceProvider { get; init; }

    /// <summary>How far the reference's graph was rewritten.</summary>
    public required GraphOptimization ReferenceOptimization { get; init; }

    /// <summary>How far the other graph was rewritten.</summary>
    public required GraphOptimization DifferenceOptimization { get; init; }

    /// <summary>How many sets of inputs both were given; 0 where nothing was run.</summary>
    public required int Count { get; init; }

    /// <summary>The rows of each set; 1 where the reference has no batch, 0 where nothing was run.</summary>
    public required long BatchSize { get; init; }

    /// <summary>The seed of the first set.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The largest |difference - reference| of all outputs; null where nothing was compared.</summary>
    public required double? MaxAbsoluteError { get; init; }

    /// <summary>The largest |difference - reference| / |reference| of all outputs; likewise.</summary>
    public required double? MaxRelativeError { get; init; }

    /// <summary>The outputs that both have, in the reference's order.</summary>
    public required IReadOnlyList<OutputComparison> Outputs { get; init; }

    /// <summary>What the files have differently; nothing where both are one file.</summary>
    public required IReadOnlyList<StructureDifference> Structure { get; init; }

    /// <summary>
    /// The first value inside that differs; null where it was not searched for, not found, or is not certain.
    /// </summary>
    public required DifferingTensor? FirstDifferingTensor { get; init; }

    /// <summary>How many values inside the models were looked at for it.</summary>
    public required int Intermediates { get; init; }

    /// <summary>What the search for it could not see; empty where there is nothing to say.</summary>
    public required string Note { get; init; }

    /// <summary>The reference's file.</summary>
    public required string ReferencePath { get; init; }

    /// <summary>The other file.</summary>
    public required string DifferencePath { get; init; }
}

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

/// <summary>The first value inside two models that differs: what it is made of agrees.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Node">The reference's node that gives it: its name, else its operator and number.</param>
/// <param name="Operator">That node's operator.</param>
/// <param name="Reference">What the reference gave, such as <c>float [1, 5]</c>.</param>
/// <param name="Difference">What the other model gave.</param>
/// <param name="MaxAbsoluteError">The largest |difference - reference|; null where nothing was compared.</param>
/// <param name="MaxRelativeError">The largest |difference - reference| / |reference|; likewise.</param>
/// <param name="FirstDifference">The first difference beyond the tolerances.</param>
public sealed record DifferingTensor(
    string Name,
    string Node,
    string Operator,
    string Reference,
    string Difference,
    double? MaxAbsoluteError,
    double? MaxRelativeError,
    string FirstDifference)
{
    /// <summary>The value, and what gives it.</summary>
    public override string ToString() => $"{Name}, of the {Operator} node '{Node}'";
}
