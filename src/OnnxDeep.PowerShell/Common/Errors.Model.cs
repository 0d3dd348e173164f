using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <content>The errors of the cmdlets that look into models.</content>
internal static partial class Errors
{
    /// <summary>Several lists where one can be given.</summary>
    public static ErrorRecord ViewsConflict(IReadOnlyCollection<string> views) => new(
        new ArgumentException(
            $"{string.Join(" and ", views.Select(view => $"-{view}"))} each ask for something else. "
            + "Give one of them; each run gives one list."),
        "ViewsConflict",
        ErrorCategory.InvalidArgument,
        views);

    /// <summary>A graph that no one can read as text.</summary>
    public static ErrorRecord TreeTooLarge(string path, int nodes, int limit) => new(
        new InvalidOperationException(
            FormattableString.Invariant($"The model '{path}' has {nodes:N0} nodes, ")
            + FormattableString.Invariant($"and -Tree prints {limit:N0} at most. ")
            + "List them with -Node, or count them with -Operator."),
        "TreeTooLarge",
        ErrorCategory.LimitsExceeded,
        path);

    /// <summary>An edit that is none.</summary>
    public static ErrorRecord NoMetadataChange() => new(
        new ArgumentException(
            "There is nothing to change. Give pairs with -Metadata, such as @{ author = 'me' }, names with -Remove, "
            + "or -Replace."),
        "NoMetadataChange",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A conversion into nothing else.</summary>
    public static ErrorRecord NoConversion() => new(
        new ArgumentException(
            "There is nothing to convert. Give -To Float16 or -To Int8Dynamic, -DynamicBatch or -Optimize."),
        "NoConversion",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A second model for a file that a first one is in.</summary>
    public static ErrorRecord OutputPathTaken(string path, string output) => new(
        new ArgumentException(
            $"'{output}' holds the first model already, and '{path}' would replace it. "
            + "Give -OutputPath with one model at a time."),
        "OutputPathTaken",
        ErrorCategory.InvalidArgument,
        path);
}
