using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Conversion;

/// <summary>Saves a model as ONNX Runtime rewrites it before a run.</summary>
internal static class GraphOptimizer
{
    /// <summary>Writes the rewritten model.</summary>
    /// <param name="path">The model.</param>
    /// <param name="output">The new file.</param>
    /// <param name="level">How far.</param>
    /// <param name="provider">Whose kernels the graph is for.</param>
    /// <param name="keepsHalfWeights">Whether float16 weights stay so.</param>
    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public static void Write(
        string path, string output, GraphOptimization level, ExecutionProvider provider, bool keepsHalfWeights)
    {
        OnnxSession.Open(path, provider, new SessionSettings
        {
            Optimization = level,
            OptimizedModelPath = output,
            KeepsHalfWeights = keepsHalfWeights,
        }).Dispose();

        // Where the session had to make do with another locale, the file need not.
        NormalizerLocale.Restore(path, output);
        IReadOnlyDictionary<string, string> before = OnnxModelInspector.Open(path).Info.Metadata;
        IReadOnlyDictionary<string, string> after = OnnxModelInspector.Open(output).Info.Metadata;
        if (before.Any(pair => after.GetValueOrDefault(pair.Key) != pair.Value))
        {
            ModelMetadataEditor.Edit(output, output, new MetadataChange { Set = before });
        }
    }
}
