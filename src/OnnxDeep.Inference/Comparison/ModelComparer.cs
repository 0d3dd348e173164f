using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Comparison;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Comparison;

/// <summary>
/// Runs two models, or one model in two ways, on the same values and reports how much their outputs differ, how their
/// files differ, and which value inside them differs first.
/// </summary>
internal sealed class ModelComparer
{
    private readonly ComparedModel _reference;
    private readonly ComparedModel _difference;
    private readonly ComparisonSettings _settings;
    private readonly Action<double, Func<string>>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly ValueComparer _comparer;
    private readonly List<OpenedFiles> _opened = [];
    private readonly List<string> _remarks = [];
    private SampleInputs? _samples;

    private ModelComparer(
        ComparedModel reference,
        ComparedModel difference,
        ComparisonSettings settings,
        Action<double, Func<string>>? progress,
        CancellationToken cancellationToken)
    {
        _reference = reference;
        _difference = difference;
        _settings = settings;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _comparer = new ValueComparer(settings.AbsoluteTolerance, settings.RelativeTolerance)
        {
            AllowsOtherFloats = true,
        };
    }

    /// <summary>Compares the models; outputs that differ are a result, not an error.</summary>
    /// <param name="reference">The model whose outputs are the expected ones.</param>
    /// <param name="difference">The model to compare with it; may be the same.</param>
    /// <param name="settings">The values and tolerances.</param>
    /// <param name="progress">
    /// Receives the progress of the current step, from 0 to 1, and a function that creates its text.
    /// </param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="ModelException">
    /// A model cannot be run, no output can be compared, or no value fits an input.
    /// </exception>
    /// <exception cref="FileFormatException">
    /// A file is not ONNX, contradicts itself, or is too large to be searched.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModelComparison Compare(
        ComparedModel reference,
        ComparedModel difference,
        ComparisonSettings settings,
        Action<double, Func<string>>? progress = null,
        CancellationToken cancellationToken = default) =>
        new ModelComparer(reference, difference, settings, progress, cancellationToken).Compare();

    private ModelComparison Compare()
    {
        ModelComparison comparison = CompareAll();

        // Each file is read several times: to run it, to make up its inputs, and to compare its structure.
        _opened.ForEach(files => files.Check());
        return comparison;
    }

    private ModelComparison CompareAll()
    {
        FailedRun? failed = null;
        long batchSize = 0;
        OutputComparison[] outputs = _settings.StructureOnly ? [] : CompareOutputs(out failed, out batchSize);
        bool isOneFile = _reference.IsFileOf(_difference);
        IReadOnlyList<StructureDifference> structure = isOneFile
            ? []
            : StructureComparer.Compare(_reference.Path, _difference.Path, _cancellationToken);
        if (structure.Count == 0 && (_settings.StructureOnly ? isOneFile : _reference.RunsLike(_difference)))
        {
            string how = _settings.StructureOnly ? string.Empty : " and ran in the same way";
            _remarks.Add(isOneFile
                ? $"Both sides are the same file{how}, so they could not differ."
                : $"The files have the same content{how}, so they could not differ.");
        }

        string[] random = _settings.StructureOnly ? [] : FindRandom(outputs);
        var finder = new TensorFinder();
        if (failed is not null && _settings.Intermediate)
        {
            finder.Find(
                _reference.Path,
                _difference.Path,
                failed.Output.Reference,
                outputs.First(output => output.Name == failed.Output.Name),
                new ValueProbe(_reference, _difference, failed, _comparer, _cancellationToken),
                _progress);
        }

        return new ModelComparison
        {
            Passed = _settings.StructureOnly ? structure.Count == 0 : outputs.All(output => output.Passed),
            Reference = Path.GetFileNameWithoutExtension(_reference.Path),
            Difference = Path.GetFileNameWithoutExtension(_difference.Path),
            ReferenceProvider = _reference.Provider.Name,
            DifferenceProvider = _difference.Provider.Name,
            ReferenceOptimization = _reference.Settings.Optimization,
            DifferenceOptimization = _difference.Settings.Optimization,
            Count = _settings.StructureOnly ? 0 : _settings.Count,
            BatchSize = batchSize,
            Seed = _settings.Seed,
            MaxAbsoluteError = outputs.Max(output => output.MaxAbsoluteError),
            MaxRelativeError = outputs.Max(output => output.MaxRelativeError),
            Outputs = outputs,
            Structure = structure,
            FirstDifferingTensor = finder.Tensor,
            Intermediates = finder.Probes,
            Note = finder.Note,
            Inputs = _samples?.Shapes ?? [],
            ChosenInputs = _samples?.Choice ?? string.Empty,
            RandomOperators = random,
            Remarks = _remarks,
            ReferencePath = _reference.Path,
            DifferencePath = _difference.Path,
        };
    }

    private OutputComparison[] CompareOutputs(out FailedRun? failed, out long batchSize)
    {
        using OnnxSession referenceSession = _reference.Open([], _cancellationToken);
        using OnnxSession differenceSession = _difference.Open([], _cancellationToken);
        _opened.AddRange([referenceSession.Files, differenceSession.Files]);
        var reference = new ModelRunner(referenceSession, []);
        var difference = new ModelRunner(differenceSession, []);
        IReadOnlyList<OutputPair> pairs = OutputPair.Match(reference, difference);
        var matcher = new InputMatcher(_difference.Path, reference, difference);
        var samples = new SampleInputs(_reference.Path, reference.Signature, _settings.Shape, _settings.Given)
        {
            CancellationToken = _cancellationToken,
        };
        Dictionary<string, int> expectedPlaces = GetPlaces(reference);
        Dictionary<string, int> givenPlaces = GetPlaces(difference);
        OutputMeasure[] measures = [.. pairs.Select(pair => new OutputMeasure(pair.Name, _comparer))];
        failed = null;
        for (int i = 0; i < _settings.Count; i++)
        {
            int number = i + 1;
            ulong seed = _settings.Seed + (ulong)i;
            _progress?.Invoke(
                (double)i / _settings.Count,
                () => FormattableString.Invariant($"set {number:N0} of {_settings.Count:N0}"));
            (IReadOnlyDictionary<string, OnnxValue> values, IReadOnlyList<OnnxValue> expected) =
                samples.Run(seed, generated => reference.Run(generated, _cancellationToken));
            IReadOnlyDictionary<string, OnnxValue> fitted = matcher.Match(values);
            IReadOnlyList<OnnxValue> given = samples.Guard(() => difference.Run(fitted, _cancellationToken));
            string run = _settings.Count == 1 ? string.Empty : FormattableString.Invariant($"seed {seed}, ");
            for (int j = 0; j < pairs.Count; j++)
            {
                measures[j].Add(
                    run,
                    expected[expectedPlaces[pairs[j].Reference]],
                    given[givenPlaces[pairs[j].Difference]]);
            }

            int first = Array.FindIndex(measures, measure => measure.Differs);
            failed ??= first < 0 ? null : new FailedRun(pairs[first], values, fitted);
        }

        _remarks.AddRange(measures.Select(measure => measure.Doubt).OfType<string>());
        batchSize = samples.BatchSize;
        _samples = samples;
        AddUncompared(reference, difference, pairs, matcher, samples);
        return [.. measures.Select(measure => measure.ToComparison())];
    }

    private void AddUncompared(
        ModelRunner reference,
        ModelRunner difference,
        IReadOnlyList<OutputPair> pairs,
        InputMatcher matcher,
        SampleInputs samples)
    {
        string[] outputs =
        [
            .. reference.Outputs.Except(pairs.Select(pair => pair.Reference)),
            .. difference.Outputs.Except(pairs.Select(pair => pair.Difference)),
        ];
        string[] inputs = [.. matcher.GetUnused(reference)];
        _remarks.AddRange(outputs.Length == 0 ? []
            : [$"Only one of the models has the output {Names(outputs)}, which was not compared."]);
        _remarks.AddRange(inputs.Length == 0 ? []
            : [$"The other model does not take the input {Names(inputs)} of the reference."]);
        _remarks.AddRange(_settings.Count == 1 || samples.Generated.Any() ? []
            : [$"No values are generated, so all {_settings.Count} sets are the same."]);
    }

    private string[] FindRandom(OutputComparison[] outputs)
    {
        RandomDraws[] sides = [RandomDraws.Read(_reference.Path), RandomDraws.Read(_difference.Path)];
        string[] random = [.. sides.SelectMany(side => side.Operators).Distinct().Order(StringComparer.Ordinal)];
        string[] names = [.. outputs.Where(Depends).Select(output => output.Name)];
        _remarks.AddRange(names.Length == 0 ? []
            :
            [
                $"The model draws random numbers ({string.Join(", ", random)}), which differ from run to run: whether "
                    + $"the output {Names(names)} agrees says nothing about the models.",
            ]);
        return random;

        bool Depends(OutputComparison output)
        {
            string[] ends = output.Name.Split(OutputPair.Arrow);
            return sides[0].Affect(ends[0]) || sides[1].Affect(ends[^1]);
        }
    }

    private static string Names(string[] names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static Dictionary<string, int> GetPlaces(ModelRunner model) =>
        model.Outputs.Index().ToDictionary(output => output.Item, output => output.Index, StringComparer.Ordinal);
}

/// <summary>One side of a comparison.</summary>
/// <param name="Path">The full path of the model's file.</param>
/// <param name="Provider">The execution provider that runs the model.</param>
/// <param name="Settings">The settings of the session.</param>
internal sealed record ComparedModel(string Path, ExecutionProvider Provider, SessionSettings Settings)
{
    /// <summary>Whether two sides are one file, perhaps by a link.</summary>
    internal bool IsFileOf(ComparedModel other) => Path == other.Path
        || (File.Exists(Path) && File.Exists(other.Path)
            && FileTarget.Find(Path).FullName == FileTarget.Find(other.Path).FullName);

    /// <summary>Whether two sides run their models in the same way.</summary>
    internal bool RunsLike(ComparedModel other) => Provider.Key == other.Provider.Key
        && Settings.Threads == other.Settings.Threads
        && Settings.Optimization == other.Settings.Optimization;

    /// <summary>Loads the model; the caller disposes the session.</summary>
    /// <param name="extraOutputs">Values inside the graph to return as well.</param>
    /// <param name="cancellationToken">Ends the wait for the runtime.</param>
    /// <inheritdoc cref="OnnxSession.Open(string, ExecutionProvider?)"/>
    internal OnnxSession Open(IReadOnlyList<string> extraOutputs, CancellationToken cancellationToken) =>
        OnnxSession.Open(Path, Provider, Settings with { ExtraOutputs = extraOutputs }, cancellationToken);
}

/// <summary>A run in which an output differs.</summary>
/// <param name="Output">The first output that differs.</param>
/// <param name="ReferenceInputs">The inputs of the reference.</param>
/// <param name="DifferenceInputs">The inputs of the other model.</param>
internal sealed record FailedRun(
    OutputPair Output,
    IReadOnlyDictionary<string, OnnxValue> ReferenceInputs,
    IReadOnlyDictionary<string, OnnxValue> DifferenceInputs);

/// <summary>The inputs for two models and the tolerances for their outputs.</summary>
internal sealed record ComparisonSettings
{
    /// <summary>
    /// The absolute tolerance for floating-point numbers: covers the rounding of reordered single-precision sums.
    /// </summary>
    public double AbsoluteTolerance { get; init; } = 1e-5;

    /// <summary>The relative tolerance, as a fraction of the reference's number.</summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>The dynamic dimensions of the reference's inputs.</summary>
    public SampleShape Shape { get; init; } = new();

    /// <summary>Values by input name of the reference; all other values are generated.</summary>
    public IReadOnlyDictionary<string, OnnxValue> Given { get; init; } = new Dictionary<string, OnnxValue>();

    /// <summary>The seed of the first set of generated values; each further set uses the next number.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The number of sets of values.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whether to search for the first differing value inside the models if an output differs.</summary>
    public bool Intermediate { get; init; }

    /// <summary>Whether to compare only the files, without running the models.</summary>
    public bool StructureOnly { get; init; }
}
