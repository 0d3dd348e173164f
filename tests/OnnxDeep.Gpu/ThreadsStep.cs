using System.Diagnostics;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Gpu;

/// <summary>Runs one session from 8 threads at once.</summary>
internal static class ThreadsStep
{
    private const int Threads = 8;
    private const int Runs = 50;

    /// <summary>Passes if all results equal those of a single thread.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Model", "Session", "Runs", "Seconds", "Max. error", "Wrong runs", "First difference");
        bool passed = true;
        foreach (string path in new[] { GpuRun.Food, GpuRun.FoodWords, run.WriteModels()[0] })
        {
            passed &= Run(run, report, path, "ordinary", run.GetProvider());
            if (path != GpuRun.FoodWords)
            {
                passed &= Run(run, report, path, "with graphs enabled", CapturedRun.GetProvider(run));
            }
        }

        return passed;
    }

    private static bool Run(GpuRun run, Report report, string path, string kind, ExecutionProvider provider)
    {
        IReadOnlyList<OnnxValue> expected = AnswersStep.RunOnce(run, path, run.GetProvider());
        using var session = OnnxSession.Open(path, provider);
        var runner = new ModelRunner(session, []);
        IReadOnlyDictionary<string, OnnxValue> inputs = AnswersStep.CreateInputs(path, runner.Signature, 64);
        var differences = new ValueDifference[Threads * Runs];
        long start = Stopwatch.GetTimestamp();
        Task[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(number => Task.Factory.StartNew(
                () =>
                {
                    for (int i = 0; i < Runs; i++)
                    {
                        IReadOnlyList<OnnxValue> given = runner.Run(inputs, run.Token);
                        differences[(number * Runs) + i] = AnswersStep.Difference(expected, given);
                    }
                },
                run.Token,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        Task.WhenAll(threads).GetAwaiter().GetResult();

        ValueDifference[] wrong = [.. differences.Where(difference => difference.First is not null)];
        report.Add(
            Path.GetFileNameWithoutExtension(path),
            kind,
            differences.Length,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            differences.Max(difference => difference.MaxAbsoluteError),
            wrong.Length,
            wrong.FirstOrDefault()?.First);
        return wrong.Length == 0;
    }
}
