using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Conversion;

/// <summary>
/// Converts a model step by step in a temporary folder, checks each step by running the model, and moves the result to
/// its destination if all steps succeed.
/// </summary>
internal sealed class ModelConversionRun : IDisposable
{
    private readonly string _source;
    private readonly ConversionSettings _settings;
    private readonly Action<double, string>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly TemporaryFolder _folder = new("convert");
    private readonly List<string> _conversions = [];
    private readonly List<string> _remarks = [];
    private readonly ModelConverter _converter;
    private string _current;
    private SampleInputs? _samples;

    private ModelConversionRun(
        string source,
        ConversionSettings settings,
        Action<double, string>? progress,
        CancellationToken cancellationToken)
    {
        _source = source;
        _current = source;
        _settings = settings;
        _progress = progress;
        _cancellationToken = cancellationToken;
        try
        {
            _converter = Interruptible.Run(() => ModelConverter.Open(source), _ => { }, cancellationToken);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Converts a model.</summary>
    /// <param name="path">The path of the model.</param>
    /// <param name="outputPath">The path of the new file; may be that of the model itself.</param>
    /// <param name="settings">The conversions to apply.</param>
    /// <param name="progress">Receives the progress, from 0 to 1, and the next step.</param>
    /// <param name="cancellationToken">Cancels the conversion and leaves all files unchanged.</param>
    /// <exception cref="OnnxDeepException">The model cannot be converted.</exception>
    /// <exception cref="ModelException">ONNX Runtime rejects the model in a step that runs it.</exception>
    /// <exception cref="FileFormatException">The model cannot be read.</exception>
    /// <exception cref="OnnxDeepException">
    /// The new file cannot be written; an existing file stays unchanged.
    /// </exception>
    public static ModelConversion Convert(
        string path,
        string outputPath,
        ConversionSettings settings,
        Action<double, string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (OpenedFiles files, OnnxModelInfo info) = Interruptible.Run(
            () => (Identify(Path.GetFullPath(path)), OnnxModelInspector.Open(path).Info),
            _ => { },
            cancellationToken);
        using var run = new ModelConversionRun(info.Path, settings, progress, cancellationToken);
        try
        {
            return run.Convert(info, files, Path.GetFullPath(outputPath));
        }
        catch (ModelException e) when (e.Message.Contains(run._current, StringComparison.Ordinal))
        {
            // The temporary file no longer exists when the message is read.
            throw new ModelException(
                e.ErrorId,
                e.Message.Replace(run._current, info.Path, StringComparison.Ordinal),
                e.InnerException)
            {
                Context = e.Context,
            };
        }
        catch (FileFormatException e) when (e.Path == run._current)
        {
            throw ModelErrors.Create(e.ErrorId, info.Path, e.Problem, e.InnerException);
        }
        catch (OnnxDeepException e) when (e.ErrorId != ErrorIds.OutputNotWritable
            && e.Message.Contains(run._current, StringComparison.Ordinal))
        {
            throw new OnnxDeepException(
                e.ErrorId,
                e.Message.Replace(run._current, info.Path, StringComparison.Ordinal),
                e.InnerException)
            {
                Context = e.Context,
            };
        }
    }

    /// <summary>Deletes the temporary files.</summary>
    public void Dispose() => _folder.Dispose();

    private ModelConversion Convert(OnnxModelInfo info, OpenedFiles files, string outputPath)
    {
        if (_settings.OpensBatch && Wait(_converter.OpenBatch))
        {
            _conversions.Add("DynamicBatch");
            Write();
            _progress?.Invoke(0.2, "Running it on several batches");
            BatchCheck.Run(_source, _current, _settings, _cancellationToken);
        }

        if (_settings.To is WeightFormat format)
        {
            _progress?.Invoke(0.4, $"Storing weights as {format}");
            Wait(() =>
            {
                _converter.Convert(format, _cancellationToken);
                return true;
            });
            _conversions.Add(format.ToString());
            Write();
        }

        // Copies the external data even if the model is only optimized or not changed at all.
        if (_conversions.Count == 0)
        {
            Write();
        }

        if (_settings.Optimization is GraphOptimization level)
        {
            Optimize(level);
        }

        _progress?.Invoke(0.8, "Comparing it with its source");
        (IReadOnlyList<OutputError> outputs, string reason) = Measure();

        // The source is read several times: to convert it, to describe it, and to compare it with the result.
        files.Check();
        Publish(outputPath);
        return new ModelConversion
        {
            Name = Path.GetFileNameWithoutExtension(outputPath),
            Path = outputPath,
            Source = _source,
            Conversions = _conversions,
            SizeBefore = info.Size + info.ExternalFiles.Sum(file => file.Size ?? 0),
            SizeAfter = new FileInfo(_current).Length,
            Layers = _converter.Layers,
            Skipped = _converter.Skipped,
            Provider = _settings.Provider.Name,
            Outputs = outputs,
            Inputs = _samples?.Shapes ?? [],
            ChosenInputs = _samples?.Choice ?? string.Empty,
            Reason = reason,
            Remarks = _remarks,
        };
    }

    private static OpenedFiles Identify(string path)
    {
        using FileStream stream = OnnxLayout.OpenFile(path);
        return OpenedFiles.Of(path, stream).With(TensorContent.FindExternalFiles(stream, path));
    }

    // For work that takes no token, or does not look at it for long in a large graph. It writes no file.
    private T Wait<T>(Func<T> work) => Interruptible.Run(work, _ => { }, _cancellationToken);

    private void Write()
    {
        _current = NextFile();
        _converter.Write(_current, _cancellationToken);
    }

    private string NextFile() => _folder.File(FormattableString.Invariant($"{_conversions.Count}.onnx"));

    private void Optimize(GraphOptimization level)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _progress?.Invoke(0.6, "Optimising the graph");
        _conversions.Add("Optimize");
        string path = NextFile();
        WriteOptimized(path, level);
        _current = path;
    }

    private (IReadOnlyList<OutputError> Outputs, string Reason) Measure()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyDictionary<string, OnnxValue> inputs;
        IReadOnlyList<OnnxValue> expected;
        try
        {
            // The source runs as it is written: an optimised source compared with its optimised copy shows nothing.
            using var session = OnnxSession.Open(
                _source,
                _settings.Provider,
                new SessionSettings { Optimization = GraphOptimization.None },
                _cancellationToken);
            ModelRunner source = Wait(() => new ModelRunner(session, []));
            SampleInputs samples = Wait(
                () => new SampleInputs(_source, source.Signature, _settings.Shape, _settings.Given)
                {
                    CancellationToken = _cancellationToken,
                });
            (inputs, expected) = samples.Run(_settings.Seed, values => source.Run(values, _cancellationToken));
            _samples = samples;
        }
        catch (ModelException e) when (e.ErrorId is ErrorIds.ModelInvalid or ErrorIds.InputNotGenerated)
        {
            return ([], e.Message);
        }

        try
        {
            using var session = OnnxSession.Open(
                _current, _settings.Provider, new SessionSettings(), _cancellationToken);
            ModelRunner converted = Wait(() => new ModelRunner(session, []));
            IReadOnlyList<OnnxValue> given = converted.Run(inputs, _cancellationToken);
            var errors = new List<OutputError>();
            for (int i = 0; i < given.Count; i++)
            {
                errors.Add(OutputError.Measure(converted.Outputs[i], given[i], expected[i], out string? doubt));
                _remarks.AddRange(doubt is null ? [] : [doubt]);
            }

            RandomDraws draws = Wait(() => RandomDraws.Read(_source));
            _remarks.AddRange(draws.Operators.Count == 0 ? [] :
            [
                $"The model draws random numbers ({string.Join(", ", draws.Operators)}), so the errors of the outputs "
                    + "that depend on them are not due to the conversion alone.",
            ]);
            return (errors, string.Empty);
        }
        catch (ModelException e)
        {
            throw new OnnxDeepException(
                ErrorIds.ConversionUnusable,
                $"The model '{_source}' runs, but its conversion with {string.Join(", ", _conversions)} does not: "
                + $"{ShownText.Joined((e.InnerException ?? e).Message)} Omit one of these conversions.",
                e);
        }
    }

    private void Publish(string outputPath)
    {
        using var file = AtomicFile.Create(outputPath, _settings.Existing, modeOf: _source);
        using (FileStream stream = InputFile.Open(_current))
        {
            stream.CopyTo(new CancellableStream(file.Stream, _cancellationToken));
        }

        file.Commit(_cancellationToken);
    }

    // Writes the optimized model.
    private void WriteOptimized(string output, GraphOptimization level)
    {
        string path = _current;
        var settings = new SessionSettings
        {
            Optimization = level,
            OptimizedModelPath = output,
            KeepsHalfWeights = _converter.HasHalfWeights,
        };
        OnnxSession.Open(path, _settings.Provider, settings, _cancellationToken).Dispose();

        // The session may have replaced the locale; the file keeps the original one.
        RuntimeModel.RestoreLocale(path, output);
        var metadata = new Dictionary<string, string>(Wait(() => OnnxModelInspector.Open(path).Info.Metadata))
        {
            [ModelDigest.Key] = Wait(() => ModelDigest.Compute(OnnxLayout.Read(output))),
        };
        ModelMetadataEditor.Edit(output, output, new MetadataChange { Set = metadata });
    }
}

/// <summary>The conversions to apply to a model and how to check the result.</summary>
internal sealed record ConversionSettings
{
    /// <summary>The new storage format of the weights; null to keep the current one.</summary>
    public WeightFormat? To { get; init; }

    /// <summary>Whether to make the first axis of inputs and outputs dynamic.</summary>
    public bool OpensBatch { get; init; }

    /// <summary>The optimization level of the saved graph; null for no optimization.</summary>
    public GraphOptimization? Optimization { get; init; }

    /// <summary>The execution provider that runs the models and that the graph is optimized for.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>The dynamic dimensions of generated inputs.</summary>
    public SampleShape Shape { get; init; } = new();

    /// <summary>Values by name for inputs that are not generated.</summary>
    public IReadOnlyDictionary<string, OnnxValue> Given { get; init; } = new Dictionary<string, OnnxValue>();

    /// <summary>What happens to an existing output file.</summary>
    public ExistingFile Existing { get; init; }

    /// <summary>The seed of the generated inputs.</summary>
    public ulong Seed { get; init; } = 42;
}
