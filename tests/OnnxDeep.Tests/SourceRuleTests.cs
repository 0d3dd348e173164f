using System.Text.RegularExpressions;

namespace OnnxDeep.Tests;

/// <summary>Rules for sources and pages that no analyzer of the build checks.</summary>
public sealed partial class SourceRuleTests
{
    private const int Columns = 120;

    private static readonly string[] s_extensions = [".cs", ".ps1"];

    private static readonly string[] s_otherFolders = ["bin", "obj", "artifacts", "node_modules"];

    [Fact]
    public void NoLineIsLongerThan120Columns()
    {
        string[] files = [Path.Combine(Repository.Root, "build.ps1"), .. Sources("src", "tests", "module")];
        string[] longLines = [.. files.SelectMany(LongLines)];

        Assert.True(files.Length > 500, "The repository does not have the layout that this test expects.");
        Assert.True(longLines.Length == 0, $"Longer than {Columns} columns:\n{string.Join('\n', longLines)}");
    }

    [Fact]
    public void TextsUseTheUsualWords()
    {
        string[] pages = [.. Directory.GetFiles(Repository.Root, "*.md"), .. Files(".md", "docs", "module")];
        string[] unusual =
        [
            .. Sources("src", "module").Concat(pages)
                .SelectMany(path => File.ReadLines(path)
                    .Where(line => Unusual().IsMatch(line))
                    .Select(line => $"{Relative(path)}: {line.Trim()}")),
        ];

        Assert.True(pages.Length > 40, "The repository does not look as this test expects.");
        Assert.True(unusual.Length == 0, $"Not plain technical English:\n{string.Join('\n', unusual)}");
    }

    private static IEnumerable<string> Sources(params string[] folders) =>
        s_extensions.SelectMany(extension => Files(extension, folders));

    private static IEnumerable<string> Files(string extension, params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(
            Path.Combine(Repository.Root, folder), "*" + extension, SearchOption.AllDirectories))
        .Where(path => !Relative(path).Split('/').Intersect(s_otherFolders).Any())
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> LongLines(string path) => File.ReadLines(path)
        .Select((line, index) => (Length: line.EnumerateRunes().Count(), Number: index + 1))
        .Where(line => line.Length > Columns)
        .Select(line => $"{Relative(path)}:{line.Number}");

    private static string Relative(string path) =>
        Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/');

    // The turns that the texts of earlier versions had; "there is no X" is plain.
    [GeneratedRegex(
        @"(?<!\b[Tt]here )\b(?:is|are) no (?!longer\b|more\b|smaller\b)[a-z]"
        + @"|\b(?:mends?|anew|lives in|comes along|at hand)\b")]
    private static partial Regex Unusual();
}
