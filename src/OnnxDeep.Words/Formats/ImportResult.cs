namespace OnnxDeep.Words.Formats;

/// <summary>What an import took and left out.</summary>
public sealed record ImportResult
{
    /// <summary>The format that was found, such as "GloVe text".</summary>
    public required string Format { get; init; }

    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>Keys stored, those without a name included.</summary>
    public required int Keys { get; init; }

    /// <summary>Vectors stored.</summary>
    public required int Rows { get; init; }

    /// <summary>The numbers of a vector.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Keys that stood in the file before; the first one was taken.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Keys of which the source knows only the hash: they can be looked up, but not listed.</summary>
    public required int Nameless { get; init; }

    /// <summary>Lines that were left out because they are no word with its numbers.</summary>
    public required long Ragged { get; init; }

    /// <summary>Vectors that were left out because of NaN, infinity or overflow.</summary>
    public required long NotFinite { get; init; }

    /// <summary>The first of what was left out; not more than a thousand.</summary>
    public required IReadOnlyList<SkippedVector> Skipped { get; init; }

    /// <summary>The error for vectors that hold no finite numbers; null where there were none.</summary>
    public required FileFormatException? NotFiniteError { get; init; }

    /// <summary>Vectors beyond those that the file's header promises; they were taken.</summary>
    public required long Unannounced { get; init; }
}
