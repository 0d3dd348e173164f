namespace OnnxDeep.Onnx.Metadata;

/// <summary>Metadata that a model cannot hold.</summary>
public sealed class MetadataException : OnnxDeepException
{
    /// <summary>A key is empty, or a key or value is no text that UTF-8 can write.</summary>
    public const string Invalid = "MetadataInvalid";

    /// <summary>The model would be larger than protobuf allows.</summary>
    public const string TooLarge = "MetadataTooLarge";

    /// <summary>Makes the error.</summary>
    public MetadataException(string errorId, string message)
        : base(errorId, message)
    {
    }
}
