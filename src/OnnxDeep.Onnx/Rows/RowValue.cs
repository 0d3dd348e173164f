namespace OnnxDeep.Onnx.Rows;

/// <summary>What is known about a value of a graph when the model runs on several rows at once.</summary>
/// <param name="Kind">How the value depends on the rows.</param>
/// <param name="Rank">The number of axes; null if it is not known.</param>
/// <param name="First">The extent of the first axis of a fixed value; null if it is not known.</param>
/// <param name="Numbers">
/// The elements of a small tensor of integers, such as a shape or a list of axes; otherwise null.
/// </param>
/// <param name="IsPlain">Whether the first axis is exactly that of the rows, and no multiple of it.</param>
/// <param name="Padding">
/// The integer or float that fills padded values, if it is known; otherwise null.
/// </param>
/// <param name="HasZeros">Whether a row of a stored matrix has only zeros; null if it is not stored.</param>
/// <param name="Cause">The node because of which rows depend on each other; otherwise empty.</param>
internal sealed record RowValue(
    RowKind Kind,
    int? Rank = null,
    long? First = null,
    IReadOnlyList<RowNumber>? Numbers = null,
    bool IsPlain = false,
    long? Padding = null,
    Func<long, bool>? HasZeros = null,
    string Cause = "")
{
    /// <summary>A value that does not depend on the rows, of which nothing else is known.</summary>
    public static RowValue Fixed { get; } = new(RowKind.Fixed);

    /// <summary>Whether the value has one element and does not depend on the rows.</summary>
    public bool IsFixedScalar => Kind == RowKind.Fixed && (Rank == 0 || (Rank == 1 && First == 1));

    /// <summary>A value whose first axis is that of the rows.</summary>
    public static RowValue Rows(int? rank) => new(RowKind.Rows, rank);

    /// <summary>A small tensor of integers, with 0 axes or 1.</summary>
    public static RowValue Of(IReadOnlyList<RowNumber> numbers, int rank) => new(
        numbers.Any(number => number.IsCount) ? RowKind.Extents : RowKind.Fixed,
        rank,
        rank == 1 ? numbers.Count : null,
        numbers);

    /// <summary>The numbers, if none of them depends on the rows; otherwise null.</summary>
    public long[]? GetConstants() => Numbers is not null && Numbers.All(number => number.Value is not null)
        ? [.. Numbers.Select(number => number.Value!.Value)]
        : null;
}

/// <summary>How a value depends on the rows that a model is given.</summary>
internal enum RowKind
{
    /// <summary>A row may depend on other rows, or nothing is known.</summary>
    Mixed,

    /// <summary>The value is the same for any rows.</summary>
    Fixed,

    /// <summary>
    /// The first axis is that of the rows, or a multiple of it, in their order; each part depends on its row alone.
    /// </summary>
    Rows,

    /// <summary>Like rows in memory, but the first axis is another one.</summary>
    Blocks,

    /// <summary>
    /// Like rows, but the second axis is as long as the longest row needs; elements that all are the same fill the
    /// others.
    /// </summary>
    Padded,

    /// <summary>Two values of rows, one after the other on the first axis.</summary>
    Stacked,

    /// <summary>A small tensor of integers, some of which are multiples of the number of rows.</summary>
    Extents,
}

/// <summary>An integer in a graph.</summary>
/// <param name="Value">The number, if it is stored in the model; otherwise null.</param>
/// <param name="IsCount">Whether it is the number of rows, or a multiple of it.</param>
internal readonly record struct RowNumber(long? Value, bool IsCount)
{
    /// <summary>The number of rows.</summary>
    public static RowNumber Count { get; } = new(null, true);

    /// <summary>A number that is the same for any rows of one shape.</summary>
    public static RowNumber Unknown { get; } = new(null, false);
}
