using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Onnx;

namespace OnnxDeep.Inference;

/// <summary>Loads a model into the runtime, by a way round where the machine lacks a locale that it does not need.</summary>
internal static class SessionLoader
{
    // Small containers lack en_US; C changes case in the same way and is part of the C library.
    private const string MissingLocale = "Failed to construct locale with name:en_US";
    private const string BuiltInLocale = "C.UTF-8";
    private const string ExternalDataFolder = "session.model_external_initializers_file_folder_path";

    /// <summary>Loads a file.</summary>
    /// <exception cref="OnnxRuntimeException">The runtime refuses it.</exception>
    public static InferenceSession Load(string path, SessionOptions options)
    {
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e) when (e.Message.Contains(MissingLocale, StringComparison.Ordinal))
        {
            options.AddSessionConfigEntry(ExternalDataFolder, Path.GetDirectoryName(path)!);
            return new InferenceSession(NormalizerLocale.Replace(path, BuiltInLocale), options);
        }
    }
}
