using System.Text.RegularExpressions;

namespace OnnxDeep.Inference;

/// <summary>Tells what ONNX Runtime lacks from what is wrong with a model, which its exception has only in the message.</summary>
internal static partial class RuntimeGap
{
    /// <summary>What this build of the runtime lacks, in words; null where the model is at fault.</summary>
    public static string? Find(string message)
    {
        Match match = OperatorPattern().Match(message);
        return match.Success ? $"this runtime does not implement the operator {match.Groups["name"].Value}. {message}"
            : VersionPattern().IsMatch(message) ? $"this runtime does not support the model's version. {message}"
            : message.Contains("ErrorCode:NotImplemented", StringComparison.Ordinal) ? $"this runtime lacks what it needs. {message}"
            : null;
    }

    [GeneratedRegex(
        @"(implementation for (?<name>[\w.:]+)\(|(Fatal error: |\s|^)(?<name>[\w.:]+)\(-?\d+\) is not a registered function/op|No Op registered for (?<name>[\w.:]+) with domain_version)")]
    private static partial Regex OperatorPattern();

    [GeneratedRegex(
        @"Unsupported model IR version|ONNX Runtime only \*guarantees\* support|is under development and support for this is limited|Opset \d+ is under development")]
    private static partial Regex VersionPattern();
}
