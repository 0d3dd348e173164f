using System.Diagnostics;

using OnnxDeep.Tests;

namespace OnnxDeep.Mutants;

/// <summary>Runs test classes on a copy of the built tests that contains the mutated assembly.</summary>
internal sealed class TestRunner : IDisposable
{
    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("onnxdeep-mutants-").FullName;
    private readonly Dictionary<string, (HashSet<int> Met, TimeSpan Time)> _classes = [];
    private readonly Piece _piece;

    public TestRunner(Piece piece)
    {
        _piece = piece;
        Copy(Path.Combine(Repository.Root, "artifacts", "bin", piece.TestProject, "release"), _folder);
        File.Copy(typeof(TestRunner).Assembly.Location, Path.Combine(_folder, "OnnxDeep.Mutants.dll"));
    }

    /// <summary>The path of the mutated assembly in the copy.</summary>
    public string AssemblyPath => Path.Combine(_folder, $"{_piece.Project}.dll");

    /// <summary>Determines the mutants that each class covers, and its duration once it is warm.</summary>
    public void Survey()
    {
        foreach (string name in _piece.TestClasses)
        {
            using var worker = new WorkerProcess(_folder, _piece);
            if (worker.Run(0, [name], s_start) is not (0, { Count: > 0 } met))
            {
                throw new InvalidOperationException($"{name} fails without a mutant, covers none, or does not exist.");
            }

            var watch = Stopwatch.StartNew();
            worker.Run(0, [name], s_start);
            _classes.Add(name, (met, watch.Elapsed));
        }
    }

    /// <summary>Returns the classes that cover a mutant, fastest first.</summary>
    public string[] Meeting(Mutant mutant) =>
    [
        .. _classes.Where(pair => pair.Value.Met.Contains(mutant.Id))
            .OrderBy(pair => pair.Value.Time)
            .Select(pair => pair.Key),
    ];

    /// <summary>Runs mutants one after the other and reports those that no test detects.</summary>
    public void Run(IEnumerable<Mutant> mutants, Action<Mutant> survives)
    {
        WorkerProcess? worker = null;
        foreach (Mutant mutant in mutants)
        {
            string[] classes = Meeting(mutant);
            if (classes.Length == 0)
            {
                survives(mutant);
                continue;
            }

            // Code that runs only when a class is first used needs a separate process.
            if (worker is { IsAlive: false } || mutant.IsStatic)
            {
                End(worker);
                worker = null;
            }

            if (worker is null)
            {
                worker = new WorkerProcess(_folder, _piece);
                if (!mutant.IsStatic)
                {
                    worker.Run(0, _piece.TestClasses, s_start);
                }
            }

            // An endless loop is detected by the time limit.
            var longest = TimeSpan.FromSeconds(10 + (4 * classes.Sum(name => _classes[name].Time.TotalSeconds)));
            if (worker.Run(mutant.Id, classes, longest) is (0, _))
            {
                survives(mutant);
            }

            if (mutant.IsStatic)
            {
                worker.Dispose();
                worker = null;
            }
        }

        End(worker);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // If a mutant had left any state behind, the mutants after it would have been reported as killed by mistake.
    private void End(WorkerProcess? worker)
    {
        if (worker is { IsAlive: true } && worker.Run(0, _piece.TestClasses, s_start) is not (0, _))
        {
            throw new InvalidOperationException("The tests fail without a mutant after the previous mutants.");
        }

        worker?.Dispose();
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
