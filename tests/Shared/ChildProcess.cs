using System.Diagnostics;

namespace OnnxDeep.Tests;

/// <summary>What a program wrote, and how it ended.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program on an empty standard input; one that hangs is killed.</summary>
    /// <param name="program">The program, looked for on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="location">The folder it starts in; null for the folder for temporary files.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    /// <exception cref="TimeoutException">The program did not end within ten minutes.</exception>
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
