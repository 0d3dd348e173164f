namespace OnnxDeep.Onnx.Inspection;

/// <summary>The domains of operators.</summary>
internal static class OperatorDomain
{
    /// <summary>ONNX's own, which files also leave empty.</summary>
    public const string Default = "ai.onnx";

    /// <summary>One name for one domain.</summary>
    public static string Normalize(string domain) => domain.Length == 0 ? Default : domain;
}
