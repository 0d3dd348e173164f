using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Conversion;

/// <summary>Saves a model as ONNX Runtime optimizes it before a run.</summary>
internal static class GraphOptimizer
{
    /// <summary>Writes the optimized model.</summary>
    /// <param name="path">The model.</param>
    /// <param name="output">The new file.</param>
    /// <param name="level">The optimization level.</param>
    /// <param name="provider">The execution provider whose kernels the graph is optimized for.</param>
    /// <param name="keepsHalfWeights">Whether float16 weights stay float16.</param>
    /// <exception cref="ModelException">ONNX Runtime rejects the model.</exception>
    public static void Write(
        string path, string output, GraphOptimization level, ExecutionProvider provider, bool keepsHalfWeights)
    {
        OnnxSession.Open(path, provider, new SessionSettings
        {
            Optimization = level,
            OptimizedModelPath = output,
            KeepsHalfWeights = keepsHalfWeights,
        }).Dispose();

        // The session may have replaced the locale; the file keeps the original one.
        NormalizerLocale.Restore(path, output);
        IReadOnlyDictionary<string, string> before = OnnxModelInspector.Open(path).Info.Metadata;
        IReadOnlyDictionary<string, string> after = OnnxModelInspector.Open(output).Info.Metadata;
        if (before.Any(pair => after.GetValueOrDefault(pair.Key) != pair.Value))
        {
            ModelMetadataEditor.Edit(output, output, new MetadataChange { Set = before });
        }
    }
}
