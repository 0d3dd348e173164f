using System.Diagnostics;

namespace OnnxDeep.Tests;

/// <summary>The exit code and the output of a program.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(LongRun.Factor > 1 ? 120 : 10);

    /// <summary>Runs a program with an empty standard input; kills it if it hangs.</summary>
    /// <param name="program">The program, which must be on the path.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="location">The working directory; null for the temporary directory.</param>
    /// <param name="environment">Variables to set, or to remove if the value is null.</param>
    /// <exception cref="TimeoutException">The program did not exit within the limit.</exception>
    public static async Task<ChildProcess> Run(
        string program,
        IEnumerable<string> arguments,
        string? location = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = location ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{program} {string.Join(' ', start.ArgumentList)} hangs:\n{await output}{await error}");
        }

        return new ChildProcess(process.ExitCode, await output, await error);
    }
}
