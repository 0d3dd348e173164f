using System.Diagnostics;
using System.Globalization;

namespace OnnxDeep.Mutants;

/// <summary>A process that runs tests with one mutant after the other.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the process in a folder of built tests.</summary>
    public WorkerProcess(string folder, Piece piece)
    {
        string tests = Path.Combine(folder, piece.TestProject);
        _process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "exec", "--depsfile", $"{tests}.deps.json", "--runtimeconfig", $"{tests}.runtimeconfig.json",
                Path.Combine(folder, "OnnxDeep.Mutants.dll"), Worker.Argument, piece.Project, piece.TestProject,
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // A mutant that uses up the memory terminates its worker, not the machine.
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x80000000" },
        })!;

        // Discards the long error output of processes that a mutant crashes.
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether the process still responds.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Runs test classes with a mutant.</summary>
    /// <returns>The number of failures and the covered mutants; null if the process crashed or took too long.</returns>
    public (int Failures, HashSet<int> Met)? Run(int mutant, IEnumerable<string> classes, TimeSpan longest)
    {
        _process.StandardInput.WriteLine(FormattableString.Invariant($"{mutant} {string.Join(' ', classes)}"));
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        if (!answer.Wait(longest) || answer.Result is not string line)
        {
            IsAlive = false;
            _process.Kill(entireProcessTree: true);
            return null;
        }

        int[] numbers = [.. line.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return (numbers[0], [.. numbers.Skip(1)]);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            _process.WaitForExit(TimeSpan.FromSeconds(10));
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
