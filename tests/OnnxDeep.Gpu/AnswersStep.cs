using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Gpu;

/// <summary>
/// Measures how much results differ from the CPU's: in ordinary runs, without TF32, and as a CUDA graph.
/// </summary>
internal static class AnswersStep
{
    private const int Rows = 64;
    private const double Tolerance = 1e-4;

    // float16 has 11 bits of precision, and each sum has 1,024 products.
    private const double HalfTolerance = 1e-2;

    /// <summary>
    /// Passes if all results are within the tolerance, and every model except the one that takes words is captured.
    /// </summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Model", "Way", "Tolerance", "Max. error", "Max. relative error", "Passed", "First difference");
        bool passed = true;
        foreach (string path in GpuRun.ShippedModels.Concat(run.WriteModels()))
        {
            double tolerance = path.Contains("float16", StringComparison.Ordinal) ? HalfTolerance : Tolerance;
            passed &= Compare("ordinary", () => RunOnce(run, path, run.GetProvider()));
            passed &= Compare("use_tf32 = 0", () => RunOnce(run, path, run.GetProvider(("use_tf32", "0"))));
            bool isCaptured = Compare("graph", () => CapturedRun.Run(run, path, Rows));

            // Strings are processed on the CPU, and a graph contains only device operators.
            passed &= isCaptured || path == GpuRun.FoodWords;

            bool Compare(string way, Func<IReadOnlyList<OnnxValue>> compute) =>
                AnswersStep.Compare(run, report, path, way, tolerance, compute);
        }

        return passed;
    }

    private static bool Compare(
        GpuRun run, Report report, string path, string way, double tolerance, Func<IReadOnlyList<OnnxValue>> compute)
    {
        string model = Path.GetFileNameWithoutExtension(path);
        try
        {
            ValueDifference difference = Difference(RunOnce(run, path, ExecutionProvider.Cpu), compute(), tolerance);
            bool passed = difference.First is null;
            (double absolute, double relative) = (difference.MaxAbsoluteError, difference.MaxRelativeError);
            report.Add(model, way, tolerance, absolute, relative, passed, difference.First);
            return passed;
        }
        catch (ModelException e)
        {
            report.Add(model, way, tolerance, null, null, false, e.Message);
            return false;
        }
    }

    /// <summary>Compares outputs with the expected ones.</summary>
    public static ValueDifference Difference(
        IReadOnlyList<OnnxValue> expected, IReadOnlyList<OnnxValue> given, double tolerance = Tolerance)
    {
        var difference = new ValueDifference();
        var comparer = new ValueComparer(tolerance, tolerance);
        foreach ((OnnxValue left, OnnxValue right) in given.Zip(expected))
        {
            comparer.Compare("output", left, right, difference);
        }

        return difference;
    }

    /// <summary>Returns a model's outputs for generated rows.</summary>
    public static IReadOnlyList<OnnxValue> RunOnce(GpuRun run, string path, ExecutionProvider provider)
    {
        using var session = OnnxSession.Open(path, provider);
        var runner = new ModelRunner(session, []);
        return runner.Run(CreateInputs(path, runner.Signature, Rows), run.Token);
    }

    /// <summary>Generates the same rows in every call.</summary>
    public static IReadOnlyDictionary<string, OnnxValue> CreateInputs(
        string path, OnnxSignature signature, long rows) =>
        new SampleInputs(path, signature, new SampleShape { BatchSize = rows }).Create(42);
}
