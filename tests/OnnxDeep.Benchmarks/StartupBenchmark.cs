using System.Diagnostics;

using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

using OnnxDeep.Tests;

namespace OnnxDeep.Benchmarks;

/// <summary>Fresh processes of a host, from start to exit: with nothing to do, and with one word to classify.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 15)]
public class StartupBenchmark
{
    /// <summary>The module's own shell, or pwsh where it is on the path.</summary>
    [ParamsSource(nameof(Hosts))]
    public string Host { get; set; } = "shell";

    /// <summary>The hosts of this machine.</summary>
    public static IEnumerable<string> Hosts => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "pwsh"))) ? ["shell", "pwsh"] : ["shell"];

    /// <summary>The host, which imports the module and does nothing.</summary>
    [Benchmark(Baseline = true)]
    public void Nothing() => Run("1");

    /// <summary>The same, and one word.</summary>
    [Benchmark]
    public void TestFoodWord() => Run("Test-FoodWord salad");

    private void Run(string command)
    {
        bool isPwsh = Host == "pwsh";
        var start = new ProcessStartInfo(isPwsh ? "pwsh" : "dotnet") { RedirectStandardOutput = true };
        string[] arguments = isPwsh
            ? ["-NoProfile", "-Command", command == "1" ? command : $"Import-Module '{Repository.StagedModule}'; {command}"]
            : [Repository.Output("OnnxDeep.Shell", "OnnxDeep.Shell.dll"), "-Command", command];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Host} ended with {process.ExitCode}.");
        }
    }
}
