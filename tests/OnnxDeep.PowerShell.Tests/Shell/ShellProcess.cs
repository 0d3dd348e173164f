using System.Diagnostics;
using System.Text;

using OnnxDeep.Tests;

namespace OnnxDeep.PowerShell.Tests.Shell;

/// <summary>The built shell as a child process, the way a user starts it.</summary>
internal sealed class ShellProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private ShellProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts the shell with its standard input left open.</summary>
    public static ShellProcess Start(params string[] arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo("dotnet", [Repository.Output("OnnxDeep.Shell", "OnnxDeep.Shell.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        return new ShellProcess(Process.Start(start)!);
    }

    /// <summary>Runs the shell on an empty standard input.</summary>
    public static Task<ShellResult> RunAsync(params string[] arguments) => RunWithInputAsync(string.Empty, arguments);

    /// <summary>Runs the shell on this standard input.</summary>
    public static async Task<ShellResult> RunWithInputAsync(string input, params string[] arguments)
    {
        using ShellProcess shell = Start(arguments);
        await shell.WriteAsync(input);
        shell.CloseInput();
        return await shell.FinishAsync();
    }

    /// <summary>Writes to the shell's standard input.</summary>
    public async Task WriteAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text.AsMemory(), Token);
        await _process.StandardInput.FlushAsync(Token);
    }

    /// <summary>Ends the shell's standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>The shell's next line of output, as soon as it is written.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(Token);

    /// <summary>Waits for the end and gives what is left of the output.</summary>
    public async Task<ShellResult> FinishAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync(Token);
        await _process.WaitForExitAsync(Token);
        return new ShellResult(_process.ExitCode, WithLineFeeds(output), WithLineFeeds(await _error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string WithLineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
