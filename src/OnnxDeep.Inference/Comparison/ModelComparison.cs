using OnnxDeep.Inference.Sessions;

namespace OnnxDeep;

/// <summary>What two models, or one model run in two ways, have in common and how they differ.</summary>
public sealed record ModelComparison
{
    /// <summary>
    /// Whether all outputs that both models have agree within the tolerances or, if nothing was run, whether the files
    /// have no differences.
    /// </summary>
    public required bool Passed { get; init; }

    /// <summary>The name of the reference: its file name without the extension.</summary>
    public required string Reference { get; init; }

    /// <summary>The name of the other model.</summary>
    public required string Difference { get; init; }

    /// <summary>The execution provider that ran the reference.</summary>
    public required string ReferenceProvider { get; init; }

    /// <summary>The execution provider that ran the other model.</summary>
    public required string DifferenceProvider { get; init; }

    /// <summary>The optimization level of the reference's graph.</summary>
    public required GraphOptimization ReferenceOptimization { get; init; }

    /// <summary>The optimization level of the other graph.</summary>
    public required GraphOptimization DifferenceOptimization { get; init; }

    /// <summary>The number of input sets that both models were run on; 0 if nothing was run.</summary>
    public required int Count { get; init; }

    /// <summary>The rows of each set; 1 if the reference has no batch, 0 if nothing was run.</summary>
    public required long BatchSize { get; init; }

    /// <summary>The dimensions of the inputs, such as <c>features [16, 300]</c>; empty if nothing was run.</summary>
    public IReadOnlyList<string> Inputs { get; init => field = CellText.List(value); } = CellText.List<string>([]);

    /// <summary>
    /// The dimensions of the inputs, if the model did not run with dynamic dimensions of 1 and larger ones were found
    /// by trying; otherwise empty.
    /// </summary>
    public string ChosenInputs { get; init; } = string.Empty;

    /// <summary>The seed of the first set.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The largest |difference - reference| of all outputs; null if nothing was compared.</summary>
    public required double? MaxAbsoluteError { get; init; }

    /// <summary>
    /// The largest |difference - reference| / |reference| of all outputs; null if nothing was compared.
    /// </summary>
    public required double? MaxRelativeError { get; init; }

    /// <summary>The outputs that both models have, in the reference's order.</summary>
    public required IReadOnlyList<OutputComparison> Outputs { get; init => field = CellText.List(value); }

    /// <summary>The differences between the files; empty if both paths are the same file.</summary>
    public required IReadOnlyList<StructureDifference> Structure { get; init => field = CellText.List(value); }

    /// <summary>
    /// The first differing value inside the models; null if it was not searched for, not found, or is uncertain.
    /// </summary>
    public required DifferingTensor? FirstDifferingTensor { get; init; }

    /// <summary>The number of values inside the models that the search examined.</summary>
    public required int Intermediates { get; init; }

    /// <summary>The limits of the search, in words; empty if there are none.</summary>
    public required string Note { get; init; }

    /// <summary>
    /// The operators that draw random numbers in either model, without duplicates; empty if there are none.
    /// </summary>
    public IReadOnlyList<string> RandomOperators { get; init => field = CellText.List(value); } =
        CellText.List<string>([]);

    /// <summary>
    /// Why the result does not show much: random numbers, outputs without elements or with NaN, tolerances larger than
    /// the numbers, outputs or inputs that only one model has, or the same model run twice in the same way.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init => field = CellText.List(value); } = CellText.List<string>([]);

    /// <summary>The path of the reference.</summary>
    public required string ReferencePath { get; init; }

    /// <summary>The path of the other model.</summary>
    public required string DifferencePath { get; init; }
}

/// <summary>How much an output of two models differs over all sets of inputs.</summary>
/// <param name="Name">
/// The output's name; if the other model has a different name for it, both names with an arrow between them.
/// </param>
/// <param name="Reference">The type and shape of the reference's first output, such as <c>float [1, 5]</c>.</param>
/// <param name="Difference">The type and shape of the other model's first output.</param>
/// <param name="Passed">Whether all differences are within the tolerances.</param>
/// <param name="MaxAbsoluteError">
/// The largest |difference - reference|; null if shapes or types differ, so nothing was compared.
/// </param>
/// <param name="MaxRelativeError">The largest |difference - reference| / |reference|; null in the same case.</param>
/// <param name="FirstDifference">
/// The first difference beyond the tolerances, with the reference's number as the expected one; null if there is none.
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
    /// <summary>Returns the name, type and errors on one line.</summary>
    public override string ToString()
    {
        string type = Reference == Difference ? Reference : $"{Reference} → {Difference}";
        string errors = MaxAbsoluteError is null
            ? "nothing compared"
            : FormattableString.Invariant($"max. error {MaxAbsoluteError:G3}, relative {MaxRelativeError:G3}");
        return $"{ShownText.Value(Name)}: {type} {(Passed ? "agrees" : "differs")}, {errors}";
    }
}

/// <summary>The first differing value inside two models: the values that it is computed from agree.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Node">
/// The node of the reference that computes it: its name or, if it has none, its operator and number.
/// </param>
/// <param name="Operator">The operator of that node.</param>
/// <param name="Reference">The type and shape of the reference's value, such as <c>float [1, 5]</c>.</param>
/// <param name="Difference">The type and shape of the other model's value.</param>
/// <param name="MaxAbsoluteError">The largest |difference - reference|; null if nothing was compared.</param>
/// <param name="MaxRelativeError">
/// The largest |difference - reference| / |reference|; null if nothing was compared.
/// </param>
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
    /// <summary>Returns the value and the node that computes it.</summary>
    public override string ToString() =>
        $"{ShownText.Value(Name)}, of the {ShownText.Value(Operator)} node '{ShownText.Value(Node)}'";
}
