using OnnxDeep.Inference;
using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Gpu;

/// <summary>Measures models with Measure-OnnxModel's implementation on the CPU and on the device.</summary>
internal static class SpeedStep
{
    private static readonly TimeSpan s_duration = TimeSpan.FromMilliseconds(500);

    /// <summary>Passes if all models run.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns(
            "Model",
            "Rows",
            "Provider",
            "Graph",
            "Runs",
            "P50 ms",
            "P99 ms",
            "Rows per second",
            "Load ms",
            "First run ms",
            "Added MB");
        bool passed = true;
        string[] models = [GpuRun.Food, .. run.WriteModels()];
        foreach (long rows in new long[] { 1, 64, 4096, 65536 })
        {
            foreach (string path in models)
            {
                passed &= Measure(run, report, path, rows, ExecutionProvider.Cpu);
                passed &= Measure(run, report, path, rows, run.GetProvider());
            }
        }

        return passed;
    }

    private static bool Measure(GpuRun run, Report report, string path, long rows, ExecutionProvider provider)
    {
        var signature = OnnxSignature.Read(path);
        var inputs = new SampleInputs(path, signature, new SampleShape { BatchSize = rows });
        var settings = new BenchmarkSettings { Provider = provider, Duration = s_duration };
        try
        {
            ModelMeasurement measured = new ModelBenchmark(path, signature, inputs, settings).Run(null, run.Token);
            report.Add(
                measured.Model,
                rows,
                measured.Provider,
                measured.UsesCudaGraph,
                measured.Runs,
                measured.P50Milliseconds,
                measured.P99Milliseconds,
                measured.Throughput,
                measured.LoadMilliseconds,
                measured.FirstRunMilliseconds,
                measured.AddedMemoryBytes >> 20);
            return true;
        }
        catch (ModelException e)
        {
            object?[] nothing = new object?[7];
            report.Add([Path.GetFileNameWithoutExtension(path), rows, provider.Name, .. nothing, e.Message]);
            return false;
        }
    }
}
