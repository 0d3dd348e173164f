using System.Diagnostics;

namespace OnnxDeep.Tests.CommandLine;

/// <summary>The trainer as users run it: a process with arguments and an environment.</summary>
internal static class TrainerProcess
{
    public static async Task<(int ExitCode, string Output, string Error)> Run(
        IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Repository.Output("OnnxDeep.Trainer", "OnnxDeep.Trainer.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
