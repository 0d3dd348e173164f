using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace OnnxDeep.Tests.Documents;

/// <summary>
/// A run of the code blocks of all documents: each document in its own PowerShell process, in a folder with copies of
/// the files that the blocks use. The README is first and installs the module for the others.
/// </summary>
internal sealed class DocumentRun
{
    private const string Vectors = "king 1 1 0\nman 1 0 0\nwoman 0 0 1\nqueen 0 1 1\n";

    private static readonly string[] s_files =
        [".config", "examples", "models", "tests/Module", "tests/data/everyday-words.csv", "tests/data/terms.json"];

    private static readonly Lazy<Task<IReadOnlyDictionary<string, BlockResult>>> s_run = new(StartAsync);

    private readonly TemporaryDirectory _directory;
    private readonly Substitution[] _substitutions;
    private readonly Dictionary<string, BlockResult> _results = [];

    private DocumentRun(TemporaryDirectory directory, Uri server)
    {
        _directory = directory;
        _substitutions = Substitutions(server);
    }

    /// <summary>The documents whose blocks run, README first. Help pages have their own tests.</summary>
    public static IReadOnlyList<string> Documents { get; } = FindDocuments();

    /// <summary>All blocks of the documents.</summary>
    public static IReadOnlyList<CodeBlock> Blocks { get; } = [.. Documents.SelectMany(CodeBlock.ReadAll)];

    /// <summary>The results by block name; the first test that needs them starts the run.</summary>
    public static Task<IReadOnlyDictionary<string, BlockResult>> Results => s_run.Value;

    private string Work => _directory.File("work");

    private string Home => _directory.File("home");

    // On Windows, the folder that Install-PSResource installs to cannot be changed.
    private string Modules => OperatingSystem.IsWindows()
        ? Path.GetFullPath(Path.Combine(Repository.StagedModule, "..", ".."))
        : Path.Combine(Home, ".local", "share", "powershell", "Modules");

    /// <summary>All texts that are replaced before a block runs.</summary>
    /// <param name="server">A local server that replaces the publishers' servers.</param>
    public static Substitution[] Substitutions(Uri server) =>
    [
        new("./build.ps1 -Task Pack", "# ModulePackage has run this command."),
        new("./artifacts/module/OnnxDeep", Path.GetDirectoryName(Repository.StagedModule)!),
        new("$PWD/artifacts/module", Path.GetFullPath(Path.Combine(Repository.StagedModule, "..", ".."))),
        new("$HOME/.nuget/packages/pester/6.2.0", Path.Combine(PesterVersions, "6.2.0")),
        new("Save-WordVector glove.6B.300d", $"Save-WordVector -Uri {server}glove.txt -Name glove.6B.300d"),
        new(
            "dotnet run -c Release --project src/OnnxDeep.Trainer --",
            $"dotnet \"{Repository.Output("OnnxDeep.Trainer", "OnnxDeep.Trainer.dll")}\""),
    ];

    private static string PesterVersions => Pester.PesterRun.Packages;

    private static async Task<IReadOnlyDictionary<string, BlockResult>> StartAsync()
    {
        using var directory = new TemporaryDirectory();
        using var server = new LoopbackServer(
            (request, _) => LoopbackReply.File(request, Encoding.UTF8.GetBytes(Vectors)));
        var run = new DocumentRun(directory, server.Root);
        await ModulePackage.CopyAllToAsync(Path.Combine(run.Work, "artifacts", "packages"));
        foreach (string file in s_files)
        {
            Copy(Path.Combine(Repository.Root, file), Path.Combine(run.Work, file));
        }

        foreach (IGrouping<string, CodeBlock> document in Blocks.GroupBy(block => block.Document))
        {
            await run.RunSessionAsync([.. document.Where(block => block.Language is "powershell" or "csharp")]);
            foreach (CodeBlock block in document.Where(block => block.Language is "sh" or "js"))
            {
                run.Add(await (block.Language == "sh" ? run.RunShellAsync(block) : run.RunNodeAsync(block)));
            }
        }

        return run._results;
    }

    private static string[] FindDocuments()
    {
        string[] folders =
            ["", "docs", "models", "tests", .. Folders("examples"), "tests/gpu", "tests/data"];
        return
        [
            .. folders.SelectMany(folder => Directory
                .GetFiles(Path.Combine(Repository.Root, folder), "*.md")
                .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
                .OrderBy(path => path != "README.md")
                .ThenBy(path => path, StringComparer.Ordinal)),
        ];
    }

    private static IEnumerable<string> Folders(string parent) => Directory
        .GetDirectories(Path.Combine(Repository.Root, parent))
        .Select(path => Path.Combine(parent, Path.GetFileName(path)))
        .Order(StringComparer.Ordinal);

    private static void Copy(string source, string target)
    {
        if (File.Exists(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
            return;
        }

        foreach (string entry in Directory.GetFileSystemEntries(source))
        {
            string name = Path.GetFileName(entry);
            if (name != "node_modules")
            {
                Copy(entry, Path.Combine(target, name));
            }
        }
    }

    private void Add(BlockResult result) => _results.Add(result.Id, result);

    private async Task RunSessionAsync(CodeBlock[] blocks)
    {
        if (OperatingSystem.IsWindows() && blocks.FirstOrDefault(IsInstallation) is CodeBlock installation)
        {
            Add(new BlockResult(installation.Id, string.Empty, string.Empty)
            {
                Skip = "On Windows, the module would be installed in the user's own folder.",
            });
            blocks = [.. blocks.Except([installation])];
        }

        if (blocks.Length == 0)
        {
            return;
        }

        string input = _directory.Write("blocks.json", JsonSerializer.Serialize(blocks.Select(
            block => new { block.Id, block.Language, Code = Substitution.Apply(_substitutions, block.Code) })));
        string results = _directory.File("results.json");
        File.Delete(results);
        string script = Path.Combine(
            Repository.Root, "tests", "OnnxDeep.PowerShell.Tests", "Documents", "Invoke-Document.ps1");
        string output = await PowerShellProcess.RunAsync(
            Work,
            Environment(),
            "-File", script,
            "-BlockPath", input,
            "-HomePath", Home,
            "-ModulePath", Modules,
            "-ResultPath", results);
        foreach (BlockResult result in File.Exists(results)
            ? JsonSerializer.Deserialize<BlockResult[]>(await File.ReadAllTextAsync(results))!
            : throw new InvalidOperationException($"{blocks[0].Document} ended its session:\n{output}"))
        {
            Add(result);
        }
    }

    private static bool IsInstallation(CodeBlock block) =>
        block.Code.Contains("Install-PSResource", StringComparison.Ordinal);

    private async Task<BlockResult> RunShellAsync(CodeBlock block)
    {
        var output = new StringBuilder();
        var problem = new StringBuilder();
        foreach (string command in block.Commands.Where(command => Elsewhere.All.All(one => one.Command != command)))
        {
            (string shell, string option) = OperatingSystem.IsWindows() ? ("cmd", "/c") : ("sh", "-c");
            string code = Substitution.Apply(_substitutions, command);
            ChildProcess process = await ChildProcess.Run(shell, [option, code], Work, Environment());
            output.Append(process.Output);
            problem.Append(process.Error);
            if (process.ExitCode != 0)
            {
                problem.Append('\n').Append(command).Append(" ended with exit code ").Append(process.ExitCode);
            }
        }

        return new BlockResult(block.Id, output.ToString(), problem.ToString());
    }

    private async Task<BlockResult> RunNodeAsync(CodeBlock block)
    {
        string packages = Path.Combine(Repository.Root, "tests", "node", "node_modules");
        if (!Directory.Exists(packages))
        {
            return Skipped("onnxruntime-node is not installed: npm ci in tests/node brings it.");
        }

        string link = Path.Combine(Work, "node_modules");
        if (!Directory.Exists(link))
        {
            Directory.CreateSymbolicLink(link, packages);
        }

        string folder = Path.Combine(Work, Path.GetDirectoryName(block.Document)!);
        string file = Path.Combine(folder, "block.mjs");
        await File.WriteAllTextAsync(file, block.Code);
        try
        {
            ChildProcess process = await ChildProcess.Run("node", [file], folder);
            return new BlockResult(block.Id, process.Output, process.ExitCode == 0 ? string.Empty : process.Error);
        }
        catch (Win32Exception)
        {
            return Skipped("Node.js is not installed.");
        }

        BlockResult Skipped(string reason) => new(block.Id, string.Empty, string.Empty) { Skip = reason };
    }

    private Dictionary<string, string?> Environment() => new()
    {
        ["ONNXDEEP_HOME"] = _directory.File("tables"),

        // The documents show numbers in English format, regardless of the culture of the tests.
        ["LC_ALL"] = "C",
        ["NO_PROXY"] = "127.0.0.1",
    };
}
