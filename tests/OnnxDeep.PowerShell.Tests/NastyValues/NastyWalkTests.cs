using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.NastyValues;

/// <summary>Nasty values for each parameter of each cmdlet, in a process of its own, which a fault may end.</summary>
public sealed partial class NastyWalkTests : IDisposable
{
    // With ONNXDEEP_LONG=120, all calls are made.
    private const int OneIn = 120;

    private static readonly byte[] s_vectors = Encoding.UTF8.GetBytes("salad 1 2\nlaptop 3 4\nriver 5 6\n");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    [Trait("Culture", "Any")]
    public async Task EveryParameterOfEveryCmdletEndsInItsOwnErrorsOnly()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, s_vectors));
        string ids = _directory.Write("ids.txt", string.Join('\n', FindIds()));
        string log = _directory.File("log.txt");
        string factor = Environment.GetEnvironmentVariable("ONNXDEEP_LONG") ?? "1";
        int oneIn = Math.Max(1, (int)(OneIn / double.Parse(factor, CultureInfo.InvariantCulture)));
        var environment = new Dictionary<string, string?> { ["ONNXDEEP_HOME"] = _directory.File("home") };

        string[] lines;
        try
        {
            string output = await PowerShellProcess.RunAsync(
                Repository.Root,
                environment,
                "-File",
                Path.Combine(Repository.Root, "tests/OnnxDeep.PowerShell.Tests/NastyValues/Invoke-NastyWalk.ps1"),
                "-Module",
                Repository.StagedModule,
                "-ErrorIds",
                ids,
                "-Uri",
                $"{server.File}",
                "-Log",
                log,
                "-Folder",
                Directory.CreateDirectory(_directory.File("work")).FullName,
                "-OneIn",
                $"{oneIn}");
            lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException && File.Exists(log))
        {
            string text = e.Message.Length > 2000 ? e.Message[..2000] : e.Message;
            throw new InvalidOperationException($"The process died in {File.ReadAllText(log)}:\n{text}");
        }

        Assert.Empty(lines[..^1]);
        Match count = Calls().Match(lines[^1]);
        Assert.True(count.Success, lines[^1]);
        Assert.True(int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture) > 200, "Few calls were made.");
    }

    private static IEnumerable<string> FindIds()
    {
        string common = Path.Combine(Repository.Root, "src", "OnnxDeep.PowerShell", "Common");
        return Directory.GetFiles(common, "Errors*.cs")
            .Append(Path.Combine(Repository.Root, "src", "OnnxDeep", "ErrorIds.cs"))
            .SelectMany(path => Id().Matches(File.ReadAllText(path)).Select(match => match.Groups["id"].Value))
            .Distinct();
    }

    [GeneratedRegex("""const string (?<id>\w+) =|"(?<id>[A-Z][A-Za-z]+)",""")]
    private static partial Regex Id();

    [GeneratedRegex("^([0-9]+) calls$")]
    private static partial Regex Calls();
}
