using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Onnx.Comparison;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Sessions;

/// <summary>
/// Brings a model into the runtime, by a way round where the machine lacks a locale that it does not need.
/// </summary>
internal static class RuntimeModel
{
    // Small containers lack en_US; C changes case in the same way and is part of the C library.
    private const string MissingLocale = "Failed to construct locale with name:en_US";
    private const string BuiltInLocale = "C.UTF-8";
    private const string ExternalDataFolder = "session.model_external_initializers_file_folder_path";

    /// <summary>Loads a file.</summary>
    /// <param name="path">The model, as a full path.</param>
    /// <param name="extraOutputs">See <see cref="SessionSettings.ExtraOutputs"/>.</param>
    /// <param name="options">Is set up for a model from memory where it has to come from there.</param>
    /// <exception cref="OnnxRuntimeException">The runtime refuses it.</exception>
    /// <exception cref="FileFormatException">It is too large to be changed.</exception>
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
