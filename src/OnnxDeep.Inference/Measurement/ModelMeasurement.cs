namespace OnnxDeep;

/// <summary>The speed of a model with one configuration.</summary>
public sealed record ModelMeasurement
{
    /// <summary>The name of the file without its extension.</summary>
    public required string Model { get; init; }

    /// <summary>The execution provider that ran the model.</summary>
    public required string Provider { get; init; }

    /// <summary>Threads within an operator; null for the runtime's default.</summary>
    public int? Threads { get; init; }

    /// <summary>The number of rows per run.</summary>
    public long BatchSize { get; init; }

    /// <summary>The number of measured runs, without the warm-up.</summary>
    public long Runs { get; init; }

    /// <summary>The latency that 50% of the runs do not exceed.</summary>
    public double P50Milliseconds { get; init; }

    /// <summary>The latency that 90% of the runs do not exceed.</summary>
    public double P90Milliseconds { get; init; }

    /// <summary>The latency that 99% of the runs do not exceed.</summary>
    public double P99Milliseconds { get; init; }

    /// <summary>The latency of the slowest run.</summary>
    public double MaxMilliseconds { get; init; }

    /// <summary>The mean latency of a run.</summary>
    public double MeanMilliseconds { get; init; }

    /// <summary>The number of rows per second.</summary>
    public double Throughput { get; init; }

    /// <summary>The time it took to load the session.</summary>
    public double LoadMilliseconds { get; init; }

    /// <summary>The latency of the very first run, in which the runtime allocates its memory.</summary>
    public double FirstRunMilliseconds { get; init; }

    /// <summary>
    /// The peak memory of the process while the model was loaded and run; on systems that cannot reset the peak, since
    /// the process started.
    /// </summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>How much the peak exceeds the memory in use before the model was loaded.</summary>
    public long AddedMemoryBytes { get; init; }

    /// <summary>The managed memory that a run allocates, in bytes.</summary>
    public double AllocatedBytes { get; init; }

    /// <summary>Whether the device replays a captured CUDA graph.</summary>
    public bool UsesCudaGraph { get; init; }

    /// <summary>The dimensions of the inputs, such as <c>features [64, 300]</c>.</summary>
    public required IReadOnlyList<string> Inputs { get; init => field = CellText.List(value); }

    /// <summary>
    /// The dimensions of the inputs, if the model did not run with dynamic dimensions of 1 and larger ones were found
    /// by trying; otherwise empty.
    /// </summary>
    public string ChosenInputs { get; init; } = string.Empty;

    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }
}
