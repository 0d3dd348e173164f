using OnnxDeep.Inference;
using OnnxDeep.Onnx;

namespace OnnxDeep.Gpu;

/// <summary>ONNX's own tests of its operators, where tests/gpu/pack found them, on both.</summary>
internal static class NodeTestsStep
{
    private static readonly ValueComparer s_comparer = new(1e-4, 1e-3);

    /// <summary>Passes where the device passes whatever the processor passes.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Test", "Max. error", "Reason", "First difference");
        int[] counts = new int[4];
        foreach (ModelTestFolder test in ModelTestFolder.Find(Path.Combine(AppContext.BaseDirectory, "node-tests")))
        {
            counts[0]++;
            if (!ModelTest.Run(test, s_comparer, ExecutionProvider.Cpu, run.Token).Passed)
            {
                continue;
            }

            counts[1]++;
            ModelTestResult result = ModelTest.Run(test, s_comparer, run.GetProvider(), run.Token);
            counts[result.Passed ? 2 : 3]++;
            if (!result.Passed)
            {
                report.Add(result.Name, result.MaxAbsoluteError, result.Reason, result.FirstDifference);
            }
        }

        report.Note($"Of {counts[0]} tests the processor passes {counts[1]}, and of these the device {counts[2]}.");
        return counts[3] == 0;
    }
}
