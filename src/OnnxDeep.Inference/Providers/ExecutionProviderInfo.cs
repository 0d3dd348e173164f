namespace OnnxDeep;

/// <summary>An execution provider on one of its devices, and whether models can run on it.</summary>
public sealed record ExecutionProviderInfo
{
    /// <summary>The name of the provider.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of device: CPU, GPU or NPU; null if ONNX Runtime detects none.</summary>
    public string? Device { get; init; }

    /// <summary>The number of the device; null if ONNX Runtime detects no device.</summary>
    public int? DeviceId { get; init; }

    /// <summary>The vendor of the device.</summary>
    public string? Vendor { get; init; }

    /// <summary>Whether models can run on it.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>Why models cannot run on it, with a remedy.</summary>
    public string? Reason { get; init; }

    /// <summary>The path of the library that implements the provider; null if there is none.</summary>
    public string? Library { get; init; }
}
