using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Testing;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Gpu;

/// <summary>Runs ONNX's own operator tests on the CPU and the device, if tests/gpu/pack found them.</summary>
internal static class NodeTestsStep
{
    private static readonly ValueComparer s_comparer = new(1e-4, 1e-3);

    /// <summary>Passes if the device passes all tests that the CPU passes.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Test", "Max. error", "Reason", "First difference");
        (int all, int passedByProcessor, int passedByDevice) = (0, 0, 0);
        var provider = run.GetProvider();
        foreach (ModelTestFolder test in ModelTestFolder.Find(Path.Combine(AppContext.BaseDirectory, "node-tests")))
        {
            all++;
            if (!ModelTest.Run(test, s_comparer, ExecutionProvider.Cpu, run.Token).Passed)
            {
                continue;
            }

            passedByProcessor++;
            ModelTestResult result = ModelTest.Run(test, s_comparer, provider, run.Token);
            if (result.Passed)
            {
                passedByDevice++;
            }
            else
            {
                report.Add(result.Name, result.MaxAbsoluteError, result.Reason, result.FirstDifference);
            }
        }

        report.Note(
            $"The CPU passes {passedByProcessor} of {all} tests; of these, the device passes {passedByDevice}.");
        return passedByDevice == passedByProcessor;
    }
}
