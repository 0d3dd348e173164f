namespace OnnxDeep;

/// <summary>How fast a model runs in one way.</summary>
public sealed record ModelMeasurement
{
    /// <summary>The file's name without its extension.</summary>
    public required string Model { get; init; }

    /// <summary>Where it ran.</summary>
    public required string Provider { get; init; }

    /// <summary>Threads within an operator; null where they were left to the runtime.</summary>
    public int? Threads { get; init; }

    /// <summary>The rows of a run.</summary>
    public long BatchSize { get; init; }

    /// <summary>The runs that were measured, those to warm up not among them.</summary>
    public long Runs { get; init; }

    /// <summary>Half of the runs took no longer.</summary>
    public double P50Milliseconds { get; init; }

    /// <summary>90 of 100 runs took no longer.</summary>
    public double P90Milliseconds { get; init; }

    /// <summary>99 of 100 runs took no longer.</summary>
    public double P99Milliseconds { get; init; }

    /// <summary>The longest run.</summary>
    public double MaxMilliseconds { get; init; }

    /// <summary>The runs' time over their number.</summary>
    public double MeanMilliseconds { get; init; }

    /// <summary>Rows a second.</summary>
    public double Throughput { get; init; }

    /// <summary>How long the session took to load.</summary>
    public double LoadMilliseconds { get; init; }

    /// <summary>The very first run, in which the runtime allocates its memory.</summary>
    public double FirstRunMilliseconds { get; init; }

    /// <summary>
    /// The most memory that the process had while the model was loaded and run; where the system cannot say, since it
    /// began.
    /// </summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>By how much that is more than before the model was loaded.</summary>
    public long AddedMemoryBytes { get; init; }

    /// <summary>What a run takes of .NET's own memory, in bytes.</summary>
    public double AllocatedBytes { get; init; }

    /// <summary>Whether the device repeats a captured CUDA graph.</summary>
    public bool UsesCudaGraph { get; init; }

    /// <summary>The extents of the inputs, such as <c>features [64, 300]</c>.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }
}
