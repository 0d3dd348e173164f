using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Hazards;
using OnnxDeep.Onnx.Inspection;

namespace OnnxDeep.Inference.Sessions;

/// <summary>Loads models into the runtime and explains why a model is rejected.</summary>
internal static class SessionLoader
{
    // For a small network, starting a thread pool takes longer than the entire run.
    private const long SmallModelBytes = 4 << 20;

    private const string DisabledOptimizers = "optimization.disable_specified_optimizers";
    private const string HalfWeightFolding = "ConstantFolding;FuseFp16InitializerToFp32NodeTransformer";

    // Minimal containers lack en_US; the C locale changes case in the same way and is part of the C library.
    private const string MissingLocale = "Failed to construct locale with name:en_US";
    private const string BuiltInLocale = "C.UTF-8";
    private const string ExternalDataFolder = "session.model_external_initializers_file_folder_path";

    // How often a model is loaded that another program replaces meanwhile.
    private const int MostAttempts = 10;

    /// <summary>Loads a model.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="provider">The execution provider that runs the model.</param>
    /// <param name="settings">The settings of the session.</param>
    /// <param name="cancellationToken">Stops the runtime before its next step.</param>
    /// <exception cref="ModelException">
    /// The runtime or only the provider rejects the model, or the runtime would end the process.
    /// </exception>
    /// <exception cref="FileFormatException">
    /// The file is not ONNX, is incomplete, or is too large to be changed.
    /// </exception>
    /// <exception cref="OnnxDeepException">The file is replaced or changed again and again.</exception>
    public static LoadedModel Load(
        string path, ExecutionProvider provider, SessionSettings settings, CancellationToken cancellationToken)
    {
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            using FileStream stream = OnnxLayout.OpenFile(path);
            var model = OpenedFiles.Of(path, stream);
            OpenedFiles files = model.With(TensorContent.FindExternalFiles(stream, path));
            files.CheckKinds();
            FunctionCalls.Check(stream, path);
            var hazards = RunHazards.Read(stream, path);
            if (hazards?.FindInModel() is string problem)
            {
                throw new ModelException(
                    ErrorIds.RunUnsafe, $"The model '{path}' is not loaded, because {problem}. Export it without.");
            }

            // The runtime opens the path itself. If that may be another file, it gets the bytes of this one.
            var source = new ModelSource(path, stream, files, IsCopied: attempt > 1 && files == model);
            LoadedModel loaded;
            try
            {
                loaded = Load(source, provider, settings, hazards, cancellationToken);
            }
            catch (Exception e) when (
                e is not OperationCanceledException && !files.AreCurrent() && attempt < MostAttempts)
            {
                continue;
            }

            if (source.IsCopied ? model.IsUnchanged(stream) : files.AreCurrent())
            {
                return loaded;
            }

            loaded.Dispose();
        }

        throw OpenedFiles.Changed(path);
    }

    // The runtime maps external data, which must stay as they are then. Small ones become part of a copy of the model.
    private static LoadedModel Load(
        ModelSource source,
        ExecutionProvider provider,
        SessionSettings settings,
        RunHazards? hazards,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<FileWatch> mapped = source.IsEmbedded ? [] : FileWatch.OpenParts(source.Files);
        try
        {
            return new LoadedModel(
                Load(source, provider, settings, cancellationToken), source.Files, hazards, mapped);
        }
        catch (Exception e)
        {
            foreach (FileWatch file in mapped)
            {
                file.Dispose();
            }

            // The runtime may not need what is missing.
            if (e is FileFormatException && source.IsEmbedded)
            {
                return Load(source with { IsMapped = true }, provider, settings, hazards, cancellationToken);
            }

            throw;
        }
    }

    private static InferenceSession Load(
        ModelSource source, ExecutionProvider provider, SessionSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            Configure(options, source.Stream.Length, settings);
            provider.Configure(options);
            using CancellationTokenRegistration registration = cancellationToken.Register(
                static state => ((SessionOptions)state!).SetLoadCancellationFlag(true), options);
            return CreateSession(source, settings, options);
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (provider.Name != ExecutionProvider.Cpu.Name)
            {
                // If the CPU rejects the model as well, its reason is reported.
                Load(source, ExecutionProvider.Cpu, settings, cancellationToken).Dispose();
                throw new ModelException(
                    ErrorIds.ProviderRefused,
                    $"{provider.Name} cannot load the model '{source.Path}', but the CPU can: "
                    + $"{OnnxRuntimeHost.Explain(e)} "
                    + "Check the device and the options of the provider, or use the CPU.",
                    e);
            }

            throw Refused(source.Path, ShownText.Joined(e.Message), e);
        }
        catch (Exception e) when (OnnxRuntimeHost.IsMissing(e))
        {
            throw OnnxRuntimeHost.Missing(e);
        }
    }

    /// <summary>Creates the error for a model that the runtime rejects.</summary>
    /// <exception cref="FileFormatException">
    /// The file has a problem, such as a cycle, that the library's own reader explains better than the runtime.
    /// </exception>
    public static ModelException Refused(string path, string reason, Exception? cause)
    {
        IReadOnlyList<string> problems = OnnxModelInspector.Open(path).Info.Problems;
        string why = problems.Count > 0 ? string.Join(" ", problems) : reason;
        return new ModelException(ErrorIds.ModelInvalid, $"ONNX Runtime cannot load the model '{path}': {why}", cause);
    }

    private static void Configure(SessionOptions options, long length, SessionSettings settings)
    {
        if (settings.Threads > 0 || length < SmallModelBytes)
        {
            options.IntraOpNumThreads = Math.Max(1, settings.Threads);
        }

        options.GraphOptimizationLevel = settings.Optimization switch
        {
            GraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
            GraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
            GraphOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        if (settings.ProfilePrefix is not null)
        {
            options.ProfileOutputPathPrefix = settings.ProfilePrefix;
            options.EnableProfiling = true;
        }

        if (settings.OptimizedModelPath is not null)
        {
            options.OptimizedModelFilePath = settings.OptimizedModelPath;
        }

        if (settings.KeepsHalfWeights)
        {
            options.AddSessionConfigEntry(DisabledOptimizers, HalfWeightFolding);
        }
    }

    // With a workaround for machines without a locale that the model asks for but does not need.
    private static InferenceSession CreateSession(
        ModelSource source, SessionSettings settings, SessionOptions options)
    {
        bool isChanged =
            settings.ExtraOutputs.Count > 0 || settings.OpensRows || source.IsCopied || source.IsEmbedded;
        string folder = Path.GetDirectoryName(source.Path)!;
        if (isChanged)
        {
            options.AddSessionConfigEntry(ExternalDataFolder, folder);
        }

        try
        {
            return isChanged
                ? CreateSession(source, Copy(), options)
                : OnnxRuntimeHost.CreateSession(source.Path, options);
        }
        catch (OnnxRuntimeException e) when (e.Message.Contains(MissingLocale, StringComparison.Ordinal))
        {
            // The runtime warns of a setting that is given twice.
            if (!isChanged)
            {
                options.AddSessionConfigEntry(ExternalDataFolder, folder);
            }

            return CreateSession(source, RuntimeModel.ReplaceLocale(Copy(), BuiltInLocale), options);
        }

        byte[] Copy()
        {
            byte[] bytes = RuntimeModel.AppendOutputs(source.Stream, source.Path, settings.ExtraOutputs);
            return settings.OpensRows ? RuntimeModel.OpenRows(bytes) : bytes;
        }
    }

    private static InferenceSession CreateSession(ModelSource source, byte[] bytes, SessionOptions options) =>
        OnnxRuntimeHost.CreateSession(
            source.HasParts ? RuntimeModel.Embed(bytes, source.Path, onlyLinked: !source.IsEmbedded) : bytes, options);

    private sealed record ModelSource(string Path, FileStream Stream, OpenedFiles Files, bool IsCopied)
    {
        public bool HasParts => Files.Files.Length > 1;

        public bool IsMapped { get; init; } = Files.TotalLength > MappedFile.MostCopiedBytes;

        public bool IsEmbedded => HasParts && !IsMapped;
    }
}

/// <summary>A model that the runtime has loaded.</summary>
/// <param name="Session">The runtime's session.</param>
/// <param name="Files">What was loaded: the model's file, and those of its external data.</param>
/// <param name="Hazards">What must not happen in a run; null if there is nothing.</param>
/// <param name="Mapped">The files that the runtime reads during the runs.</param>
internal sealed record LoadedModel(
    InferenceSession Session, OpenedFiles Files, RunHazards? Hazards, IReadOnlyList<FileWatch> Mapped) : IDisposable
{
    /// <summary>Throws if a file that the runtime reads during the runs was changed.</summary>
    /// <exception cref="OnnxDeepException">A file was changed.</exception>
    public void Check()
    {
        foreach (FileWatch file in Mapped)
        {
            file.Check();
        }
    }

    /// <summary>Releases the model, and then its files.</summary>
    public void Dispose()
    {
        Session.Dispose();
        foreach (FileWatch file in Mapped)
        {
            file.Dispose();
        }
    }
}
