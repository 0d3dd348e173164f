using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OnnxDeep.Trainer.Vectors;

using Spectre.Console;

namespace OnnxDeep.Trainer;

/// <summary><c>vectors build</c>: builds the default word vectors from the WordNet database.</summary>
internal static class VectorsCommand
{
    /// <summary>Creates the command with its options.</summary>
    public static Command Create(Func<Action, int> guard)
    {
        var wordNet = new Option<string>("--wordnet")
        {
            Description = "The folder of the WordNet 3.0 database files, such as /usr/share/wordnet.", Required = true,
        };
        var output = new Option<string>("--output")
        {
            Description = "The file to write.", DefaultValueFactory = _ => "models/wordnet-300d.safetensors",
        };
        var build = new Command("build", "Builds 300-d word vectors from WordNet, the same bytes on every machine.")
        {
            wordNet, output,
        };
        build.SetAction((result, cancellation) => Task.FromResult(guard(
            () => Build(result.GetValue(wordNet)!, result.GetValue(output)!, AnsiConsole.Console, cancellation))));
        return new Command("vectors", "Builds word vectors.") { build };
    }

    private static void Build(string wordNet, string path, IAnsiConsole console, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        WordNetVectorSummary summary = default;
        console.Progress().Start(context =>
        {
            ProgressTask bar = context.AddTask("Reading WordNet", maxValue: 1);
            summary = WordNetVectorBuilder.Build(
                new WordNetVectorOptions(), wordNet, path, new BarProgress(bar), cancellation);
        });

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Wrote {Path.GetFullPath(path)}: {summary.KeyCount:N0} keys on {summary.RowCount:N0} rows, "
            + $"{new FileInfo(path).Length:N0} bytes, in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s."));
    }

    // Progress<T> would report on another thread, after the bar has been removed.
    private sealed class BarProgress(ProgressTask bar) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value)
        {
            bar.Description = value.Activity;
            bar.Value = value.Fraction;
        }
    }
}
