namespace OnnxDeep;

/// <summary>A model that was converted, and what became of it.</summary>
public sealed record ModelConversion
{
    /// <summary>The new file's name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The new file.</summary>
    public required string Path { get; init; }

    /// <summary>The file that was converted.</summary>
    public required string Source { get; init; }

    /// <summary>What was done, in this order: DynamicBatch, Float16 or Int8Dynamic, Optimize.</summary>
    public required IReadOnlyList<string> Conversions { get; init; }

    /// <summary>Of the source in bytes, with the files of its external data.</summary>
    public required long SizeBefore { get; init; }

    /// <summary>Of the new file in bytes.</summary>
    public required long SizeAfter { get; init; }

    /// <summary>SizeAfter / SizeBefore.</summary>
    public double Ratio => (double)SizeAfter / SizeBefore;

    /// <summary>The weight matrices that are stored in another format now.</summary>
    public required int Layers { get; init; }

    /// <summary>Weights that stay as they were: the tensor and why.</summary>
    public required IReadOnlyList<string> Skipped { get; init; }

    /// <summary>The execution provider that both models ran on, such as CPU.</summary>
    public required string Provider { get; init; }

    /// <summary>The errors of each output on the same inputs; none where the model was not run.</summary>
    public required IReadOnlyList<OutputError> Outputs { get; init; }

    /// <summary>Why the model was not run; empty where it was.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The largest |converted - source| of all floating point outputs; null without any, or where the model was not
    /// run.
    /// </summary>
    public double? MaxAbsoluteError => Outputs.Max(output => output.MaxAbsoluteError);

    /// <summary>The largest |converted - source| / |source|; null where MaxAbsoluteError is.</summary>
    public double? MaxRelativeError => Outputs.Max(output => output.MaxRelativeError);
}

/// <summary>How far an output of a converted model is from that of its source.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="MaxAbsoluteError">
/// The largest |converted - source|; null where the output has no floating point numbers.
/// </param>
/// <param name="MaxRelativeError">The largest |converted - source| / |source|; null where it has none.</param>
/// <param name="FirstDifference">
/// Of an output without floating point numbers the first that differs; of others the first without a finite distance,
/// such as NaN; else null.
/// </param>
public sealed record OutputError(
    string Name,
    double? MaxAbsoluteError,
    double? MaxRelativeError,
    string? FirstDifference)
{
    /// <summary>The name, with the error where there is one.</summary>
    public override string ToString() => MaxAbsoluteError is double error
        ? FormattableString.Invariant($"{Name}: {error:G3}")
        : FirstDifference ?? Name;
}
