namespace OnnxDeep.Onnx;

/// <summary>The names that our exported graphs use.</summary>
public static class OnnxNames
{
    /// <summary>float [N, inputs].</summary>
    public const string Features = "features";

    /// <summary>float [N, units].</summary>
    public const string Probability = "probability";

    internal const string BatchDimension = "N";
    internal const string Producer = "OnnxDeep";
}
