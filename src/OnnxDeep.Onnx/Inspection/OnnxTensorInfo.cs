namespace OnnxDeep;

/// <summary>A stored tensor of a model, and what its numbers are like.</summary>
public sealed record OnnxTensorInfo
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Empty for the main graph; else the body that the tensor is stored in.</summary>
    public required string Graph { get; init; }

    /// <summary>The tensor's name.</summary>
    public required string Name { get; init; }

    /// <summary>The element type, such as float or int4.</summary>
    public required string Type { get; init; }

    /// <summary>The dimensions; none for a single number.</summary>
    public required IReadOnlyList<long> Dimensions { get; init; }

    /// <summary>Whether only the values that are not zero are stored.</summary>
    public required bool IsSparse { get; init; }

    /// <summary>Elements that are stored.</summary>
    public required long Elements { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The file beside the model that holds them; null where the model does.</summary>
    public required string? ExternalFile { get; init; }

    /// <summary>The least number; null for texts, complex numbers and empty tensors.</summary>
    public required double? Min { get; init; }

    /// <summary>The greatest number, likewise.</summary>
    public required double? Max { get; init; }

    /// <summary>The mean of the numbers, likewise.</summary>
    public required double? Mean { get; init; }

    /// <summary>Elements that are not a number; the others make Min, Max and Mean.</summary>
    public required long NaNs { get; init; }

    /// <summary>
    /// SHA-256, in hex, of the little-endian raw data; of texts, of their UTF-8 with a zero byte behind each. Null for
    /// an element type that is not known.
    /// </summary>
    public required string? Sha256 { get; init; }

    /// <summary>The dimensions in brackets, such as [300, 5].</summary>
    public string Shape => $"[{string.Join(", ", Dimensions)}]";
}
