using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Cmdlets;

public sealed partial class ErrorIdTests
{
    private static readonly string[] s_projects =
    [
        "OnnxDeep", "OnnxDeep.Inference", "OnnxDeep.Plots", "OnnxDeep.PowerShell",
    ];

    [Fact]
    public void EachErrorIdOfTheCmdletsIsAssertedInATest()
    {
        string tests = string.Concat(
            Sources("tests", "*.cs").Concat(Sources("tests", "*.ps1")).Select(File.ReadAllText));
        ILookup<string, string> ids = s_projects.SelectMany(project => Sources(Path.Combine("src", project), "*.cs"))
            .SelectMany(Ids)
            .ToLookup(id => id.Id, id => id.Constant);

        Assert.True(ids.Count > 100, "The sources look otherwise than the expressions below expect.");
        Assert.Empty(ids
            .Where(id => !IsQuoted(tests, id.Key) && !id.Any(constant => IsNamed(tests, constant)))
            .Select(id => id.Key));
    }

    // Each id of a file, with the constant that names it, as in ErrorIds.ModelNotFound.
    private static IEnumerable<(string Id, string Constant)> Ids(string path)
    {
        string text = File.ReadAllText(path);
        string type = Path.GetFileNameWithoutExtension(path);
        IEnumerable<Match> matches = type.EndsWith("Exception", StringComparison.Ordinal)
            ? Constant().Matches(text)
            : [];
        matches = matches.Concat(Argument().Matches(text));
        matches = type.StartsWith("Errors", StringComparison.Ordinal)
            ? matches.Concat(Literal().Matches(text))
            : matches;
        return matches.Select(match => (
            match.Groups["id"].Value,
            match.Groups["name"] is { Success: true } name ? $"{type}.{name}" : ""));
    }

    private static bool IsQuoted(string tests, string id) => Regex.IsMatch(tests, $"""["']{id}\b""");

    private static bool IsNamed(string tests, string constant) =>
        constant.Length > 0 && tests.Contains(constant, StringComparison.Ordinal);

    private static string[] Sources(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories);

    [GeneratedRegex("""const string (?<name>\w+) = "(?<id>\w+)";""")]
    private static partial Regex Constant();

    [GeneratedRegex("""(?:new \w+Exception|base)\(\s*"(?<id>[A-Z][A-Za-z]+)",""")]
    private static partial Regex Argument();

    [GeneratedRegex("""
        "(?<id>(?:[A-Z][a-z]+){2,})"
        """)]
    private static partial Regex Literal();
}
