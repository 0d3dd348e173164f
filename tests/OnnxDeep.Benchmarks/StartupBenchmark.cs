using System.Diagnostics;

using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

using OnnxDeep.Tests;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Measures new PowerShell processes from start to exit: with nothing to do, and with one word to classify.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 15)]
public class StartupBenchmark
{
    private const string Tool = "tool";

    /// <summary>PowerShell from the tool manifest or, if it is on the path, an installed one.</summary>
    [ParamsSource(nameof(Hosts))]
    public string Host { get; set; } = Tool;

    /// <summary>The hosts on this machine.</summary>
    public static IEnumerable<string> Hosts => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "pwsh"))) ? [Tool, "pwsh"] : [Tool];

    /// <summary>Runs the host with nothing to do.</summary>
    [Benchmark(Baseline = true)]
    public void Nothing() => Run("1");

    /// <summary>Imports the module and classifies one word.</summary>
    [Benchmark]
    public void TestFoodWord() => Run($"Import-Module '{Repository.StagedModule}'; Test-FoodWord salad");

    private void Run(string command)
    {
        bool isTool = Host == Tool;
        string[] arguments = ["-NoProfile", "-Command", command];
        var start = new ProcessStartInfo(isTool ? "dotnet" : Host, isTool ? ["pwsh", .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Host} exited with code {process.ExitCode}.");
        }
    }
}
