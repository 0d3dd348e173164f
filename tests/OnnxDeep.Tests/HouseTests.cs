namespace OnnxDeep.Tests;

/// <summary>Repository rules that the build's analysers do not check.</summary>
public sealed class HouseTests
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

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(
            Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
        .Where(path => s_extensions.Contains(Path.GetExtension(path)))
        .Where(path => !Relative(path).Split('/').Intersect(s_otherFolders).Any())
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> LongLines(string path) => File.ReadLines(path)
        .Select((line, index) => (Length: line.EnumerateRunes().Count(), Number: index + 1))
        .Where(line => line.Length > Columns)
        .Select(line => $"{Relative(path)}:{line.Number}");

    private static string Relative(string path) =>
        Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/');
}
