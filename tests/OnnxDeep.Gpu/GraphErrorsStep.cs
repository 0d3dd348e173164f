using OnnxDeep.Inference;
using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Gpu;

/// <summary>Tests the state after an error during the capture of a graph.</summary>
internal static class GraphErrorsStep
{
    /// <summary>Passes if models still run as before, with and without graphs, after every error.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns(
            "Error", "Result", "Same session, no graph", "Measure-OnnxModel", "New session", "New graph");
        bool passed = Try(run, report, "cancelled while capturing a graph", GpuRun.Food, isCancelled: true);
        string unfit = GpuModels.WriteUncapturable(run.TemporaryFile("uncapturable.onnx"));
        return Try(run, report, "an operator waits for the device", unfit, isCancelled: false) && passed;
    }

    private static bool Try(GpuRun run, Report report, string what, string path, bool isCancelled)
    {
        IReadOnlyList<OnnxValue> expected = AnswersStep.RunOnce(run, path, ExecutionProvider.Cpu);
        IReadOnlyList<OnnxValue> expectedFood = AnswersStep.RunOnce(run, GpuRun.Food, ExecutionProvider.Cpu);
        string sameSession = "the session was not created";
        string outcome = Describe(() =>
        {
            using var session = OnnxSession.Open(path, CapturedRun.GetProvider(run));
            var runner = new ModelRunner(session, []);
            IReadOnlyDictionary<string, OnnxValue> inputs = AnswersStep.CreateInputs(path, runner.Signature, 64);
            string given = Describe(() => CapturedRun.Use(run, session, inputs, (captured, options) =>
            {
                captured.RunFirst(options);
                options.Terminate = isCancelled;
                captured.Run(options);
                return "no error";
            }));
            sameSession = Check(expected, () => runner.Run(inputs, run.Token));
            return given;
        });
        string[] after =
        [
            sameSession,
            Describe(() => Measure(run, path)),
            Check(expectedFood, () => AnswersStep.RunOnce(run, GpuRun.Food, run.GetProvider())),
            Check(expectedFood, () => CapturedRun.Run(run, GpuRun.Food, 64)),
        ];
        report.Add([what, outcome, .. after]);
        return after.All(text => text.StartsWith("right", StringComparison.Ordinal));
    }

    private static string Measure(GpuRun run, string path)
    {
        var signature = OnnxSignature.Read(path);
        var inputs = new SampleInputs(path, signature, new SampleShape { BatchSize = 64 });
        var settings = new BenchmarkSettings { Provider = run.GetProvider(), Duration = TimeSpan.Zero };
        ModelMeasurement measured = new ModelBenchmark(path, signature, inputs, settings).Run(null, run.Token);
        return measured.UsesCudaGraph ? "right, with a graph" : "right, without a graph";
    }

    private static string Check(IReadOnlyList<OnnxValue> expected, Func<IReadOnlyList<OnnxValue>> compute) =>
        Describe(() => AnswersStep.Difference(expected, compute()).First ?? "right");

    private static string Describe(Func<string> act)
    {
        try
        {
            return act();
        }
        catch (ModelException e)
        {
            return e.Message;
        }
    }
}
