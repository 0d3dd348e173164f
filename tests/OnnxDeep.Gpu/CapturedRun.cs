using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Gpu;

/// <summary>Runs that capture and replay a CUDA graph, as Measure-OnnxModel does.</summary>
internal static class CapturedRun
{
    /// <summary>Returns the provider with CUDA graphs.</summary>
    public static ExecutionProvider GetProvider(GpuRun run) => run.GetProvider((CudaGraph.Option, "1"));

    /// <summary>Runs a model once without a graph, once to capture it, and twice to replay it.</summary>
    /// <returns>The outputs of the last run.</returns>
    /// <exception cref="ModelException">
    /// The model cannot be loaded with a graph, or the graph is not captured.
    /// </exception>
    public static IReadOnlyList<OnnxValue> Run(GpuRun run, string path, long rows)
    {
        using var session = OnnxSession.Open(path, GetProvider(run));
        var signature = OnnxSignature.Read(path);
        IReadOnlyDictionary<string, OnnxValue> inputs = AnswersStep.CreateInputs(path, signature, rows);
        return Use<IReadOnlyList<OnnxValue>>(run, session, inputs, (captured, options) =>
        {
            captured.RunFirst(options);
            for (int i = 0; i < 3; i++)
            {
                captured.Run(options);
            }

            return [.. captured.Outputs!.Select(output => ToProcessor(run, output))];
        });
    }

    /// <summary>Calls a function with a bound run of a session.</summary>
    public static T Use<T>(
        GpuRun run,
        OnnxSession session,
        IReadOnlyDictionary<string, OnnxValue> inputs,
        Func<BoundRun, RunOptions, T> use) =>
        session.Use(
            (runtime, options) =>
            {
                using var bound = new BoundRun(
                    runtime, new OrtInputs(inputs, new Dictionary<string, OnnxType>()), capturesGraph: true);
                return use(bound, options);
            },
            run.Token,
            keepsBuffers: true);

    // The binding leaves outputs in device memory; an ordinary run of another session copies them from there.
    private static OnnxValue ToProcessor(GpuRun run, OrtValue output)
    {
        OrtTensorTypeAndShapeInfo info = output.GetTensorTypeAndShape();
        string identity = GpuModels.WriteIdentity(
            run.TemporaryFile("identity.onnx"), (OnnxElementType)info.ElementDataType, info.Shape);
        using var session = OnnxSession.Open(identity, run.GetProvider());
        return session.Use(
            (runtime, options) =>
            {
                using IDisposableReadOnlyCollection<OrtValue> copies = runtime.Run(options, ["x"], [output], ["y"]);
                return OrtValues.FromRuntime(copies[0]);
            },
            run.Token);
    }
}
