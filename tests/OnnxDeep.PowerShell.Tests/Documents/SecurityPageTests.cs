using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Documents;

public sealed partial class SecurityPageTests
{
    [Fact]
    public void EachUntrustedInputHasAGuardAndTestsThatExist()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "SECURITY.md"));
        string section = page.Split("## What is read")[1].Split("\n## ")[0];
        string[][] rows = [.. section.Split('\n').Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|', ' ').Split(" | "))];
        Dictionary<string, string> sources = Directory
            .GetFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(files => files.Key, files => string.Concat(files.Select(File.ReadAllText)));

        Assert.True(rows.Length >= 20, "The page does not have the format that this test expects.");
        Assert.All(rows, row =>
        {
            Assert.Equal(3, row.Length);
            MatchCollection names = TestName().Matches(row[2]);
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Matches(
                $@"public (async Task|Task|void) {name.Groups["method"].Value}\(",
                sources.GetValueOrDefault(name.Groups["class"].Value, string.Empty)));
        });
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex TestName();
}
