namespace OnnxDeep;

/// <summary>A provider on one of its devices, and whether models can run there.</summary>
public sealed record ExecutionProviderInfo
{
    /// <summary>The name that -Provider takes.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of device: CPU, GPU or NPU; null where ONNX Runtime sees none.</summary>
    public string? Device { get; init; }

    /// <summary>The number that -DeviceId takes; null where ONNX Runtime sees no device.</summary>
    public int? DeviceId { get; init; }

    /// <summary>Who made the device.</summary>
    public string? Vendor { get; init; }

    /// <summary>Whether models can run there.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>Why they cannot, and what mends it.</summary>
    public string? Reason { get; init; }

    /// <summary>The library that computes; null where there is none.</summary>
    public string? Library { get; init; }
}
