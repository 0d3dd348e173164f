using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Documents;

/// <summary>In all documents, every code block works as written, and every link leads to a file.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] s_languages = ["powershell", "csharp", "js", "sh", "text"];

    public static TheoryData<string> Blocks =>
        [.. DocumentRun.Blocks.Where(block => block.Language != "text").Select(block => block.Id)];

    public static TheoryData<string> Documents => [.. DocumentRun.Documents];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task BlockRunsAndWritesWhatIsShown(string id)
    {
        CodeBlock block = DocumentRun.Blocks.Single(block => block.Id == id);
        BlockResult result = (await DocumentRun.Results)[id];

        Assert.SkipWhen(result.Skip is not null, result.Skip ?? string.Empty);
        TestContext.Current.TestOutputHelper!.WriteLine(result.Output);
        Assert.True(result.Problem.Length == 0, result.Problem);
        if (block.Output is string expected)
        {
            Assert.Equal(Lines(expected), Lines(result.Output));
        }
    }

    [Fact]
    public void EveryBlockSaysWhatItIsAndCanBePasted()
    {
        Assert.Equal("README.md", DocumentRun.Documents[0]);
        Assert.InRange(DocumentRun.Blocks.Count, 20, 200);
        Assert.All(DocumentRun.Blocks, block =>
        {
            Assert.Contains(block.Language, s_languages);
            Assert.DoesNotContain("PS>", block.Code, StringComparison.Ordinal);
            if (block.Language == "powershell")
            {
                Parser.ParseInput(block.Code, out _, out ParseError[] errors);
                Assert.Empty(errors);
            }
        });
    }

    [Fact]
    public void CommandsThatRunElsewhereAreThere() => Assert.All(Elsewhere.All, elsewhere =>
    {
        Assert.Contains(DocumentRun.Blocks, block => block.Commands.Contains(elsewhere.Command));
        if (elsewhere.File is string file)
        {
            string text = File.ReadAllText(Path.Combine(Repository.Root, file));
            Assert.Contains(elsewhere.Text ?? elsewhere.Command, text, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void EverySubstitutionIsNeeded() =>
        Assert.All(DocumentRun.Substitutions(new Uri("http://localhost")), substitution =>
            Assert.Contains(
                DocumentRun.Blocks,
                block => block.Code.Contains(substitution.Written, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Documents))]
    public void LinksLeadToFiles(string document)
    {
        string path = Path.Combine(Repository.Root, document);
        string folder = Path.GetDirectoryName(path)!;
        IEnumerable<string> targets = Link().Matches(File.ReadAllText(path))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target)), target));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void NamedSourcesExist(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));

        Assert.All(Source().Matches(text).Select(match => match.Groups["path"].Value), path =>
            Assert.True(Path.Exists(Path.Combine(Repository.Root, "src", path)), path));
    }

    [Fact]
    public void ReadmeIsShort() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "README.md")).Length, 1, 119);

    [Fact]
    public void PageOfCmdletsHasThemAll()
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Root, "module", "OnnxDeep.psd1"));
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cmdlets.md"));
        string[] exported =
        [
            .. Name().Matches(manifest.Split("CmdletsToExport")[1].Split(')')[0]).Select(match => match.Value),
        ];

        Assert.InRange(exported.Length, 30, 100);
        Assert.Equal(
            exported.Order(StringComparer.Ordinal),
            Row().Matches(page).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    private static string[] Lines(string text) =>
        [.. text.Trim('\r', '\n').Split('\n').Select(line => line.TrimEnd())];

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?:src/(?<path>OnnxDeep[\w./]*)|(?<path>OnnxDeep(?:\.\w+)?(?:/\w[\w.]*)+))(?:/\*)?`")]
    private static partial Regex Source();

    [GeneratedRegex("[A-Z][A-Za-z]+-[A-Z][A-Za-z]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `(?<name>[A-Z][A-Za-z]+-[A-Z][A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
