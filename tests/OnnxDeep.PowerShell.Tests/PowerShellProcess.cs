using System.Runtime.InteropServices;

namespace OnnxDeep.Tests;

/// <summary>The PowerShell of .config/dotnet-tools.json, in a separate process.</summary>
internal static class PowerShellProcess
{
    private static readonly Lazy<Task<string>> s_path = new(async () =>
    {
        string folder = await RunAsync(Repository.Root, null, "-Command", "$PSHOME");
        return Path.Combine(folder.Trim(), "pwsh.dll");
    });

    /// <summary>Finds the program, which <c>dotnet</c> runs as a single process.</summary>
    public static Task<string> FindAsync() => s_path.Value;

    /// <summary>Runs PowerShell without a profile and without prompts.</summary>
    /// <param name="location">The current folder; it or a parent must contain the tool manifest.</param>
    /// <param name="environment">Variables to set, or to remove if the value is null; null changes none.</param>
    /// <param name="arguments">The arguments of pwsh.</param>
    /// <returns>The output.</returns>
    /// <exception cref="InvalidOperationException">PowerShell exited with an error.</exception>
    public static async Task<string> RunAsync(
        string location, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        string runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            // Start-Job starts a program that searches for .NET, which may be installed anywhere.
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")),

            // A runspace in this process sets the variable for the test host.
            ["PSModulePath"] = null,
        };
        ChildProcess shell = await ChildProcess.Run(
            "dotnet", ["pwsh", "-NoProfile", "-NonInteractive", .. arguments], location, variables);
        string text = shell.Output + shell.Error;
        return shell.ExitCode == 0
            ? text
            : throw new InvalidOperationException($"dotnet pwsh {string.Join(' ', arguments)} failed:\n{text}");
    }
}
