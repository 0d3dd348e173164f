using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Onnx.Comparison;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Sessions;

/// <summary>
/// Loads a model into the runtime, with a workaround for machines without a locale that the model asks for but does not
/// need.
/// </summary>
internal static class RuntimeModel
{
    // Minimal containers lack en_US; the C locale changes case in the same way and is part of the C library.
    private const string MissingLocale = "Failed to construct locale with name:en_US";
    private const string BuiltInLocale = "C.UTF-8";
    private const string ExternalDataFolder = "session.model_external_initializers_file_folder_path";

    /// <summary>Loads a file.</summary>
    /// <param name="path">The model, as a full path.</param>
    /// <param name="extraOutputs">See <see cref="SessionSettings.ExtraOutputs"/>.</param>
    /// <param name="options">Changed if the model has to be loaded from memory.</param>
    /// <exception cref="OnnxRuntimeException">The runtime rejects the model.</exception>
    /// <exception cref="FileFormatException">The model is too large to be changed.</exception>
    public static InferenceSession Load(string path, IReadOnlyList<string> extraOutputs, SessionOptions options)
    {
        try
        {
            return extraOutputs.Count == 0
                ? new InferenceSession(path, options)
                : Load(path, ExtraOutputs.Append(path, extraOutputs), options);
        }
        catch (OnnxRuntimeException e) when (e.Message.Contains(MissingLocale, StringComparison.Ordinal))
        {
            return Load(
                path, NormalizerLocale.Replace(ExtraOutputs.Append(path, extraOutputs), BuiltInLocale), options);
        }
    }

    private static InferenceSession Load(string path, byte[] bytes, SessionOptions options)
    {
        options.AddSessionConfigEntry(ExternalDataFolder, Path.GetDirectoryName(path)!);
        return new InferenceSession(bytes, options);
    }
}
