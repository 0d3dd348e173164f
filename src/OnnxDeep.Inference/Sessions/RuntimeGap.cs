using System.Text.RegularExpressions;

namespace OnnxDeep.Inference.Sessions;

/// <summary>
/// Tells what ONNX Runtime lacks from what is wrong with a model, which its exception has only in the message.
/// </summary>
internal static partial class RuntimeGap
{
    /// <summary>What this build of the runtime lacks, in words; null where the model is at fault.</summary>
    public static string? Find(string message)
    {
        Match match = OperatorPattern().Match(message);
        return match.Success
                ? $"This runtime does not implement the operator {match.Groups["name"].Value}{Version(match)}."
            : VersionPattern().IsMatch(message) ? $"This runtime does not support the model's version. {message}"
            : message.Contains("Unregistered TensorElementType", StringComparison.Ordinal)
                ? $"This runtime's .NET interface lacks an element type. {message}"
            : GapPattern().IsMatch(message) ? $"This runtime lacks what the model needs. {message}"
            : null;
    }

    private static string Version(Match match) =>
        match.Groups["version"].Value is { Length: > 0 } version and not "-1" ? $" in version {version}" : string.Empty;

    [GeneratedRegex(
        @"(implementation for|find kernel for|No Op registered for) (?<name>[\w.:]+)"
        + @"(\(| with domain_version of )(?<version>-?\d+)"
        + @"|(?<name>[\w.:]+)\((?<version>-?\d+)\) is not a registered function/op")]
    private static partial Regex OperatorPattern();

    [GeneratedRegex(
        @"Unsupported model IR version|ONNX Runtime only \*guarantees\* support"
        + "|is under development and support for this is limited")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(
        @"ErrorCode:NotImplemented|Exception during initialization: .* (is|are) not (supported|implemented)",
        RegexOptions.Singleline)]
    private static partial Regex GapPattern();
}
