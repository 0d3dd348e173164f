using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Cmdlets;

public sealed partial class ErrorIdTests
{
    private static readonly string s_common = Path.Combine("src", "OnnxDeep.PowerShell", "Common");

    private static readonly string[] s_libraryIds = Find(Constant(), Path.Combine("src", "OnnxDeep", "ErrorIds.cs"));

    private static readonly string[] s_cmdletIds =
    [
        .. Sources(s_common, "Errors*.cs").SelectMany(path => Find(Literal(), path)).Distinct(),
        .. Find(Thrown(), Path.Combine("module", "OnnxDeep.OtherPlatform.ps1")),
    ];

    [Fact]
    public void EachErrorIdOfTheLibrariesHasACategoryInTheTableOfTheCmdlets() => Assert.Equal(
        s_libraryIds.Order(), Find(Entry(), Path.Combine(s_common, "ErrorTable.cs")).Order());

    [Fact]
    public void LibrariesTakeTheirErrorIdsFromTheList() => Assert.Empty(
        Sources("src", "*.cs")
            .Where(path => !path.Contains("OnnxDeep.Trainer", StringComparison.Ordinal))
            .SelectMany(path => Find(Argument(), path)));

    [Fact]
    public void EachErrorIdIsAssertedInATest()
    {
        string tests = string.Concat(
            Sources("tests", "*.cs").Concat(Sources("tests", "*.ps1")).Select(File.ReadAllText));

        Assert.True(
            s_libraryIds.Length > 80 && s_cmdletIds.Length > 30,
            "The sources do not have the format that this test expects.");
        Assert.All(s_libraryIds.Concat(s_cmdletIds), id => Assert.Matches($"""["'.]{id}\b""", tests));
    }

    private static string[] Find(Regex pattern, string path) =>
    [
        .. pattern.Matches(File.ReadAllText(Path.Combine(Repository.Root, path)))
            .Select(match => match.Groups["id"].Value),
    ];

    private static string[] Sources(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories);

    [GeneratedRegex(@"const string (?<id>\w+) = nameof\(\k<id>\);")]
    private static partial Regex Constant();

    [GeneratedRegex(@"\[ErrorIds\.(?<id>\w+)\] =")]
    private static partial Regex Entry();

    [GeneratedRegex("""(?:new \w+Exception|base)\(\s*"(?<id>[A-Z][A-Za-z]+)",""")]
    private static partial Regex Argument();

    [GeneratedRegex(@"\), '(?<id>[A-Z][A-Za-z]+)', '[A-Z]")]
    private static partial Regex Thrown();

    [GeneratedRegex("""
        "(?<id>[A-Z][a-z]+(?:[A-Z][a-z]*)+)",
        """)]
    private static partial Regex Literal();
}
