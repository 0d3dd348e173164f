using System.Runtime.InteropServices;

namespace OnnxDeep.Tests;

/// <summary>The PowerShell of .config/dotnet-tools.json in a process of its own.</summary>
internal static class PowerShellProcess
{
    /// <summary>Runs it, without a profile and without prompts.</summary>
    /// <param name="location">The start folder; it or a parent has the tool manifest.</param>
    /// <param name="environment">More variables to set, or with null to remove; null adds none.</param>
    /// <param name="arguments">The arguments of pwsh.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static async Task<string> RunAsync(
        string location, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        string runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            // Start-Job starts a program that looks for .NET by itself, and .NET may be anywhere.
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")),

            // A runspace in this process sets the variable, for the host that this process is.
            ["PSModulePath"] = null,
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        };
        ChildProcess shell = await ChildProcess.Run(
            "dotnet", ["pwsh", "-NoProfile", "-NonInteractive", .. arguments], location, variables);
        string text = shell.Output + shell.Error;
        return shell.ExitCode == 0
            ? text
            : throw new InvalidOperationException($"dotnet pwsh {string.Join(' ', arguments)} failed:\n{text}");
    }
}
