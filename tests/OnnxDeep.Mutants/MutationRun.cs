using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

using OnnxDeep.Tests;

namespace OnnxDeep.Mutants;

/// <summary>
/// The command: [--again] [--jobs number] [piece ...]; all pieces if none are specified. With --again, runs only the
/// mutants that survived the last run, because added tests cannot make a killed mutant survive.
/// </summary>
internal static class MutationRun
{
    private const int ChunkSize = 25;

    public static void Run(string[] args)
    {
        var arguments = new Queue<string>(args);
        var names = new List<string>();
        bool isAgain = false;
        int jobs = Environment.ProcessorCount;
        while (arguments.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--again":
                    isAgain = true;
                    break;
                case "--jobs":
                    jobs = int.Parse(arguments.Dequeue(), CultureInfo.InvariantCulture);
                    break;
                default:
                    names.Add(argument);
                    break;
            }
        }

        foreach (Piece piece in Piece.All)
        {
            if (names.Count == 0 || names.Contains(piece.Name, StringComparer.OrdinalIgnoreCase))
            {
                Run(piece, isAgain, jobs);
            }
        }
    }

    private static void Run(Piece piece, bool isAgain, int jobs)
    {
        string folder = Path.Combine(Repository.Root, "artifacts", "mutants");
        string path = Path.Combine(folder, $"{piece.Name}.txt");
        Directory.CreateDirectory(folder);
        using var runner = new TestRunner(piece);
        (IReadOnlyList<Mutant> mutants, int left) = new MutatedAssembly(piece).Write(runner.AssemblyPath);
        runner.Survey();
        HashSet<string>? last = isAgain ? [.. File.ReadLines(path).Skip(1)] : null;
        Mutant[] chosen = [.. mutants.Where(mutant => last is null || last.Contains($"{mutant}"))];
        var survivors = new ConcurrentBag<Mutant>();
        Parallel.ForEach(
            chosen.Chunk(Math.Clamp(chosen.Length / jobs, 1, ChunkSize * 4)),
            new ParallelOptions { MaxDegreeOfParallelism = jobs },
            chunk => runner.Run(chunk, mutant =>
            {
                survivors.Add(mutant);
                string met = runner.Meeting(mutant).Length > 0 ? string.Empty : ", not covered by any test";
                Console.Error.WriteLine($"{mutant.Id} of {mutants.Count}{met}: {mutant}");
            }));
        int killed = mutants.Count - survivors.Count;
        var report = new StringBuilder();
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{piece.Name}: {killed} of {mutants.Count} killed ({(double)killed / mutants.Count:P1}); "
            + $"{left} more do not compile.");
        report.AppendJoin(Environment.NewLine, survivors.OrderBy(mutant => mutant.Id)).AppendLine();
        Console.Write(report);
        File.WriteAllText(path, report.ToString());
    }
}
