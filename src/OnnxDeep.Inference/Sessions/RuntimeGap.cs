using System.Text.RegularExpressions;

namespace OnnxDeep.Inference.Sessions;

/// <summary>
/// Distinguishes features that ONNX Runtime does not support from invalid models, which its exceptions show only in
/// their messages.
/// </summary>
internal static partial class RuntimeGap
{
    /// <summary>
    /// Returns which feature this build of the runtime does not support; null if the model is invalid.
    /// </summary>
    public static string? Find(string message)
    {
        Match match = OperatorPattern().Match(message);
        return match.Success
                ? $"This runtime does not implement the operator {match.Groups["name"].Value}{Version(match)}."
            : VersionPattern().IsMatch(message) ? $"This runtime does not support the model's version. {message}"
            : message.Contains("Unregistered TensorElementType", StringComparison.Ordinal)
                    ? $"This runtime's .NET interface does not support an element type. {message}"
                : GapPattern().IsMatch(message) ? $"This runtime does not support a feature of the model. {message}"
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
