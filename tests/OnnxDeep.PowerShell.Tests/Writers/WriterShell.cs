using System.Diagnostics;

namespace OnnxDeep.Tests.Writers;

/// <summary>A PowerShell that runs a script of this folder, with its own home, tables and temporary folder.</summary>
internal sealed class WriterShell : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private WriterShell(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a script.</summary>
    /// <param name="folder">The folder that gets all files.</param>
    /// <param name="script">The file name of the script.</param>
    /// <param name="arguments">Its arguments after the module and the folder.</param>
    public static async Task<WriterShell> StartAsync(string folder, string script, params string[] arguments)
    {
        string path = Path.Combine(Repository.Root, "tests", "OnnxDeep.PowerShell.Tests", "Writers", script);
        string shell = await PowerShellProcess.FindAsync();
        var start = new ProcessStartInfo(
            "dotnet",
            [shell, "-NoProfile", "-NonInteractive", "-File", path, Repository.StagedModule, folder, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ONNXDEEP_HOME"] = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(folder, "temp")).FullName;
        start.Environment["TEMP"] = start.Environment["TMP"] = start.Environment["TMPDIR"];
        start.Environment["PSModulePath"] = null;

        // A killed process would leave its sockets for debuggers in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new WriterShell(Process.Start(start)!);
    }

    /// <summary>Writes the sources of two tables, which the writers read.</summary>
    public static void WriteSources(string folder, int rows)
    {
        string sources = Directory.CreateDirectory(Path.Combine(folder, "sources")).FullName;
        for (int version = 0; version < 2; version++)
        {
            IEnumerable<string> lines = Enumerable.Range(0, rows).Select(row =>
                $"word{row} {string.Join(' ', Enumerable.Range(1, 16).Select(i => $"{(row + version) % 97}.{i}"))}");
            string path = Path.Combine(sources, $"{version}.txt");
            File.WriteAllLines(path, lines);
            using FileStream packed = File.Create($"{path}.gz");
            using var gzip = new System.IO.Compression.GZipStream(
                packed, System.IO.Compression.CompressionLevel.Fastest);
            gzip.Write(File.ReadAllBytes(path));
        }
    }

    /// <summary>Reads the next line; null at the end of the output.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync();

    /// <summary>Reads all lines up to one.</summary>
    /// <returns>The lines before it.</returns>
    public async Task<List<string>> ReadToAsync(string last)
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is string line && line != last)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Waits for the end, and requires a success without errors.</summary>
    public async Task FinishAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(string.Empty, await _errors);
        Assert.Equal(0, _process.ExitCode);
    }

    /// <summary>Kills the process, which cannot do anything about it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
