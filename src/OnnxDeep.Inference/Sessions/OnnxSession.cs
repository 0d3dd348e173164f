using System.Runtime.InteropServices;

using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Rows;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Sessions;

/// <summary>A model loaded into ONNX Runtime. Thread-safe.</summary>
public sealed class OnnxSession : IDisposable
{
    // To find out whether rows can run together takes as long as to run some thousands of them one by one.
    private const int FewRows = 32;

    private static int s_openCount;

    private readonly LoadedModel _model;
    private readonly Lazy<RowFlow> _rowFlow;
    private int _isDisposed;

    private OnnxSession(string path, ExecutionProvider provider, LoadedModel model)
    {
        Path = path;
        Provider = provider;
        _model = model;
        _rowFlow = new Lazy<RowFlow>(
            () =>
            {
                var flow = RowFlow.Read(path);
                Files.Check();
                return flow;
            },
            LazyThreadSafetyMode.PublicationOnly);
        Inputs = Describe(Session.InputNames, Session.InputMetadata);
        Outputs = Describe(Session.OutputNames, Session.OutputMetadata);
        Interlocked.Increment(ref s_openCount);
    }

    /// <summary>The number of sessions in this process that have not been disposed.</summary>
    public static int OpenCount => s_openCount;

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The execution provider that runs the model.</summary>
    public ExecutionProvider Provider { get; }

    /// <summary>The inputs in the order of the graph.</summary>
    public IReadOnlyList<TensorDescription> Inputs { get; }

    /// <summary>The outputs in the order of the graph.</summary>
    public IReadOnlyList<TensorDescription> Outputs { get; }

    /// <summary>Loads a model.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX or is incomplete.</exception>
    /// <exception cref="ModelException">ONNX Runtime rejects the model; the message gives the reason.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static OnnxSession Open(string path, ExecutionProvider? provider = null) =>
        Open(path, provider, new SessionSettings());

    /// <summary>Loads a model with settings.</summary>
    /// <inheritdoc cref="Open(string, ExecutionProvider?)"/>
    public static OnnxSession Open(string path, ExecutionProvider? provider, SessionSettings settings) =>
        Load(path, provider, settings, CancellationToken.None);

    /// <summary>Loads a model with settings, unless the token is cancelled first.</summary>
    /// <remarks>
    /// The runtime stops loading between two steps, of which some take minutes in large graphs; nobody waits for that.
    /// </remarks>
    /// <inheritdoc cref="Open(string, ExecutionProvider?)"/>
    internal static OnnxSession Open(
        string path, ExecutionProvider? provider, SessionSettings settings, CancellationToken cancellationToken) =>
        Interruptible.Run(
            () => Load(path, provider, settings, cancellationToken),
            session => session.Dispose(),
            cancellationToken);

    /// <summary>Loads a model on this thread, unless the token is cancelled before the runtime's next step.</summary>
    /// <inheritdoc cref="Open(string, ExecutionProvider?)"/>
    internal static OnnxSession Load(
        string path, ExecutionProvider? provider, SessionSettings settings, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path);
        provider ??= ExecutionProvider.Cpu;
        _ = FileTarget.Find(path);
        if (provider.Library is ProviderLibrary library)
        {
            ProviderLibraries.Enter(library);
        }

        LoadedModel? model = null;
        long memory = Environment.WorkingSet;
        try
        {
            model = SessionLoader.Load(path, provider, settings, cancellationToken);

            // The runtime accepts an empty file as a model that does nothing.
            return model.Session.OutputMetadata.Count > 0
                ? new OnnxSession(path, provider, model)
                {
                    Size = Math.Max(model.Files.TotalLength, Environment.WorkingSet - memory),
                }
                : throw SessionLoader.Refused(path, "it has no outputs.", null);
        }
        catch
        {
            Close(model, provider);
            throw;
        }
    }

    /// <summary>Returns the key-value pairs of metadata_props.</summary>
    public IReadOnlyDictionary<string, string> GetProperties() => Session.ModelMetadata.CustomMetadataMap;

    /// <summary>How the outputs depend on the rows of the inputs; the graph is read when this is first used.</summary>
    /// <exception cref="OnnxDeepException">The file was replaced or changed since the session was opened.</exception>
    internal RowFlow RowFlow => _rowFlow.Value;

    /// <summary>
    /// Whether so many rows should run together: the answer for each must not depend on those beside it, as it does in
    /// dynamically quantized models.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">The outputs that are computed.</param>
    /// <exception cref="OnnxDeepException">The file was replaced or changed since the session was opened.</exception>
    internal bool RunsTogether(int rows, params string[] outputs) => rows == 1
        || ((rows > FewRows || _rowFlow.IsValueCreated) && KeepsRowsApart(outputs));

    /// <summary>Whether the answers for a row do not depend on the rows beside it.</summary>
    /// <inheritdoc cref="RunsTogether"/>
    internal bool KeepsRowsApart(params string[] outputs) =>
        Array.TrueForAll(outputs, output => RowFlow.Get(output).Kind == RowKind.Rows);

    /// <summary>Runs a model with one matrix in and one matrix out, without copying.</summary>
    /// <param name="input">The name of a float input [N, columns].</param>
    /// <param name="features">[rows, columns], row-major.</param>
    /// <param name="output">The name of a float output [N, units].</param>
    /// <param name="results">Receives the results [rows, units], row-major.</param>
    /// <param name="rows">The number of rows, N.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="ArgumentException">
    /// The sizes of the buffers are not multiples of the number of rows.
    /// </exception>
    /// <exception cref="ModelException">ONNX Runtime rejects the run, or would end the process.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run(
        string input,
        Memory<float> features,
        string output,
        Memory<float> results,
        int rows,
        CancellationToken cancellationToken = default)
    {
        if (rows < 1 || features.Length % rows != 0 || results.Length % rows != 0)
        {
            throw new ArgumentException(
                $"{features.Length} features and {results.Length} results do not form {rows} rows.", nameof(rows));
        }

        Check(input, () => new OnnxTensor(
            OnnxElementType.Float,
            [rows, features.Length / rows],
            MemoryMarshal.AsBytes(features.Span).ToArray()));
        using OrtValue x = Wrap(features, rows);
        using OrtValue y = Wrap(results, rows);
        Use(
            (session, options) =>
            {
                session.Run(options, [input], [x], [output], [y]);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Runs a model that takes strings.</summary>
    /// <param name="input">The name of a string input [N].</param>
    /// <param name="texts">The strings, at least one.</param>
    /// <param name="outputs">The names of the outputs to compute.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The outputs in the order of their names; the caller disposes them.</returns>
    /// <exception cref="ArgumentException"><paramref name="texts"/> is empty.</exception>
    /// <exception cref="ModelException">ONNX Runtime rejects the run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public SessionOutputs Run(
        string input,
        IReadOnlyList<string> texts,
        IReadOnlyList<string> outputs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
        {
            throw new ArgumentException("A run needs at least one text.", nameof(texts));
        }

        Check(input, () => new OnnxTensor([texts.Count], texts));
        using OrtValue x = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [texts.Count]);
        for (int i = 0; i < texts.Count; i++)
        {
            x.StringTensorSetElementAt(texts[i], i);
        }

        return new SessionOutputs(
            Use((session, options) => session.Run(options, [input], [x], outputs), cancellationToken), outputs);
    }

    /// <summary>Runs a model with any kinds of values.</summary>
    /// <param name="inputs">
    /// Values by the name of an input, or of an initializer that they replace; an optional without a value is omitted.
    /// </param>
    /// <param name="outputs">The names of the outputs to compute.</param>
    /// <param name="types">The types of the inputs by name; they determine the element type of empty sequences.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The outputs in the order of their names.</returns>
    /// <exception cref="ModelException">
    /// ONNX Runtime rejects the run, does not support a feature that it needs, or returns a value that cannot be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public IReadOnlyList<OnnxValue> Run(
        IReadOnlyDictionary<string, OnnxValue> inputs,
        IReadOnlyList<string> outputs,
        IReadOnlyDictionary<string, OnnxType> types,
        CancellationToken cancellationToken = default)
    {
        Check(inputs);
        using var values = new OrtInputs(inputs, types);
        return Use(
            (session, options) =>
            {
                using IDisposableReadOnlyCollection<OrtValue> results =
                    session.Run(options, values.Names, values.Values, outputs);
                return results.Select(OrtValues.FromRuntime).ToArray();
            },
            cancellationToken);
    }

    /// <summary>Ends the profile that <see cref="SessionSettings.ProfilePrefix"/> started.</summary>
    /// <returns>The path of the file that the runtime wrote.</returns>
    public string EndProfile() => Session.EndProfiling();

    /// <summary>Releases the model.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Interlocked.Decrement(ref s_openCount);
            Close(_model, Provider);
        }
    }

    /// <summary>The model's file and those of its external data, as they were when they were loaded.</summary>
    internal OpenedFiles Files => _model.Files;

    /// <summary>
    /// About how many bytes of memory the model takes: by how much the process grew while it was loaded, and at least
    /// the size of its files. Strings take ten times as much as in the file.
    /// </summary>
    internal long Size { get; private init; }

    /// <summary>Calls a function that the token can cancel, and reports failures as errors of this model.</summary>
    /// <param name="run">Receives the runtime's session and the options for its runs.</param>
    /// <param name="cancellationToken">Cancels a run, at the latest after the current operator.</param>
    /// <param name="keepsBuffers">
    /// Whether all runs use the same buffers, so that a captured graph can be replayed.
    /// </param>
    /// <exception cref="ModelException">ONNX Runtime rejects the run.</exception>
    /// <exception cref="OnnxDeepException">A file that the runtime reads was changed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal T Use<T>(
        Func<InferenceSession, RunOptions, T> run, CancellationToken cancellationToken, bool keepsBuffers = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _model.Check();
        using RunOptions options = Provider.UsesCudaGraph && !keepsBuffers
            ? CudaGraph.CreateOptionsWithout()
            : new RunOptions();
        using CancellationTokenRegistration registration =
            cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            return run(Session, options);
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelException(
                ErrorIds.ModelInvalid, $"ONNX Runtime cannot run the model '{Path}': {ShownText.Joined(e.Message)}", e);
        }
    }

    private InferenceSession Session => _model.Session;

    private void Check(string input, Func<OnnxTensor> value)
    {
        if (_model.Hazards is not null)
        {
            Check(new Dictionary<string, OnnxValue> { [input] = value() });
        }
    }

    private void Check(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        if (_model.Hazards?.Find(inputs) is string problem)
        {
            throw new ModelException(
                ErrorIds.RunUnsafe,
                $"The model '{Path}' is not run with these values, because {problem}. Specify other values.");
        }
    }

    private static void Close(LoadedModel? model, ExecutionProvider provider)
    {
        model?.Dispose();
        if (provider.Library is ProviderLibrary library)
        {
            ProviderLibraries.Leave(library);
        }
    }

    private static OrtValue Wrap(Memory<float> values, int rows) => OrtValue.CreateTensorValueFromMemory(
        OrtMemoryInfo.DefaultInstance, values, [rows, values.Length / rows]);

    private static List<TensorDescription> Describe(
        IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        [.. names.Select(name => new TensorDescription(
            name,
            nodes[name].IsTensor ? nodes[name].ElementType : null,
            nodes[name].IsTensor ? nodes[name].Dimensions : []))];
}
