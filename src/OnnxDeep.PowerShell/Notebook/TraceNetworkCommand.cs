using System.Globalization;
using System.Management.Automation;

using OnnxDeep.IO;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Words;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>
/// Shows all numbers of a forward pass through a network: the notebook's network with random numbers, a model, or a
/// network with specified weights. The inputs are random, specified, or a word's vector. Get-NetworkGradient has the
/// same parameters.
/// </summary>
[Cmdlet(VerbsDiagnostic.Trace, "Network", DefaultParameterSetName = SeedSet, HelpUri = HelpUris.TraceNetwork)]
[OutputType(typeof(NetworkTrace))]
public class TraceNetworkCommand : OnnxDeepCmdlet
{
    /// <summary>The parameter set for the notebook's network with random numbers.</summary>
    protected const string SeedSet = "Seed";

    /// <summary>The parameter set for a model.</summary>
    protected const string ModelSet = "Model";

    /// <summary>The parameter set for specified weights.</summary>
    protected const string WeightSet = "Weight";

    private readonly List<double> _row = [];
    private NetworkSource? _source;
    private double[]? _drawn;
    private FileLease<WordVectorTable>? _lease;
    private TermVectorizer? _vectorizer;
    private ModelMetadata? _metadata;
    private bool _hasInput;
    private int _skipped;

    /// <summary>The seed of the notebook's random numbers; the same seed produces the same numbers.</summary>
    [Parameter(ParameterSetName = SeedSet)]
    [NumberTransformation]
    public uint? Seed { get; set; }

    /// <summary>The name of a model of the module, or the path of an ONNX file of dense layers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ModelSet)]
    [Parameter(Mandatory = true, ParameterSetName = WordSet)]
    [ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = string.Empty;

    /// <summary>The weights of each layer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WeightSet)]
    [Alias("Weights")]
    [ValidateNotNullOrEmpty]
    public object[] Weight { get; set; } = [];

    /// <summary>The biases of each layer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WeightSet)]
    [Alias("Biases")]
    [ValidateNotNullOrEmpty]
    public object[] Bias { get; set; } = [];

    /// <summary>The activation of each layer, or a single one for all.</summary>
    [Parameter(ParameterSetName = WeightSet)]
    [ValidateNotNullOrEmpty]
    [FlatTransformation]
    public Activation[] Activation { get; set; } = [Learning.Networks.Activation.Sigmoid];

    /// <summary>The inputs: an array for each row, or single numbers, which are collected into rows.</summary>
    [Parameter(ParameterSetName = SeedSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, ParameterSetName = ModelSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, ParameterSetName = WeightSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>The words whose vectors are the input.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WordSet, ValueFromPipelineByPropertyName = true)]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public string?[]? Word { get; set; } = [];

    /// <summary>Skips null, empty and blank words, which are otherwise errors.</summary>
    [Parameter(ParameterSetName = WordSet)]
    public SwitchParameter SkipEmpty { get; set; }

    /// <summary>The name or path of a vector table; the default is the table that the model was trained on.</summary>
    [Parameter(ParameterSetName = WordSet)]
    [VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <summary>The network; available after OnBegin.</summary>
    private protected NetworkSource Source => _source!;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _source = ParameterSetName switch
        {
            SeedSet => Draw(),
            WeightSet => new NetworkSource(BuildNetwork(), null, null, [], 0.5),
            _ => ReadModel(),
        };
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        Stop.ThrowIfCancellationRequested();
        foreach (string? word in Word ?? [null])
        {
            ProcessWord(word);
        }

        if (ParameterSetName == ModelSet && InputObject is [PSObject row] && RowProperties.Has(row, nameof(Word)))
        {
            // PowerShell binds a custom object with a Word property as a whole.
            ProcessWord(RowProperties.ToText(RowProperties.Get(row, nameof(Word))));
        }
        else if (InputObject.Length > 0)
        {
            _hasInput = true;
            Attempt(InputObject, () => AddInputs(new NumberArguments(nameof(InputObject), Culture).Read(InputObject)));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        WordReader.TellSkipped(this, _skipped);
        if (_row.Count > 0)
        {
            WriteError(Mismatch(_row.Count));
        }
        else if (_drawn is not null && !_hasInput && !MyInvocation.ExpectingInput)
        {
            ProcessInputs(_drawn, null);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _lease?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Processes one row of inputs.</summary>
    /// <param name="inputs">The inputs, [inputs].</param>
    /// <param name="word">The word whose vector is the input; otherwise null.</param>
    protected virtual void ProcessInputs(double[] inputs, string? word)
    {
        var trace = ForwardTrace.Run(Source.Network, inputs, Source.Threshold);
        string label = Source.GetLabel(trace.Class);
        WriteObject(new NetworkTrace(
            Source.Model,
            Source.Seed,
            word,
            ShownArray.Of(trace.Inputs)!,
            ShownArray.Of(trace.Steps.Select(Describe).ToArray())!,
            LayerArguments.ToNumberOrArray(trace.Outputs),
            trace.Class,
            label,
            TraceText.Format(trace, label)));
    }

    private static TracedLayer Describe(ForwardStep step, int index) => new(
        step.Layer.Name,
        index,
        ShownArray.Of(step.Inputs)!,
        ShownArray.Of(step.Layer.Weights.ToArray())!,
        ShownArray.Of(step.WeightedInputs)!,
        ShownArray.Of(step.Layer.HasBiases ? step.Layer.Biases.ToArray() : null),
        ShownArray.Of(step.Z)!,
        $"{step.Layer.Activation}",
        ShownArray.Of(step.Activations)!);

    private NetworkSource Draw()
    {
        uint seed = Seed ?? (uint)Random.Shared.NextInt64(1L << 32);
        (Network<double> network, double[] inputs) = NotebookNetwork.Draw(seed);
        _drawn = inputs;
        return new NetworkSource(network, null, seed, [], 0.5);
    }

    private Network<double> BuildNetwork()
    {
        try
        {
            return LayerArguments.ToNetwork(Weight, Bias, Activation, Culture);
        }
        catch (Exception e) when (e is ArgumentException or OnnxDeepException { ErrorId: ErrorIds.NotANumber })
        {
            ThrowTerminatingError(Errors.WeightsInvalid(e, Weight));
            throw;
        }
    }

    private NetworkSource ReadModel()
    {
        string path = ResolveModel(Model);
        (OnnxModelFile file, Network<double> network) = Wait(() =>
        {
            var model = OnnxModelFile.Load(path);
            return (model, model.GetNetwork().Widen());
        });
        _metadata = ModelMetadata.FromProperties(file.Properties);
        return new NetworkSource(
            network,
            Path.GetFileNameWithoutExtension(path),
            null,
            _metadata.Labels,
            _metadata.Threshold);
    }

    private void OpenVectors()
    {
        ModelMetadata metadata = _metadata!;
        VectorStore.CheckTakesVectors(metadata, ResolveModel(Model));
        _lease = SharedFiles.RentTable(ResolveTable(ChooseVectors(Vectors, () => metadata)));
        _vectorizer = new TermVectorizer(_lease.Value);
        if (metadata.VectorsContentSha256 is { Length: > 0 } trained
            && !trained.Equals(_lease.Value.ContentSha256, StringComparison.OrdinalIgnoreCase))
        {
            ThrowTerminatingError(Errors.VectorsUnfit(Model, metadata.VectorsName, _lease.Value.Name));
        }

        if (_lease.Value.Dimensions != Source.Network.Inputs)
        {
            ThrowTerminatingError(Errors.InputCountMismatch(_lease.Value.Dimensions, Source.Network.Inputs));
        }
    }

    private void ProcessWord(string? word)
    {
        if (SkipEmpty && string.IsNullOrWhiteSpace(word))
        {
            _skipped++;
            return;
        }

        if (Term.Check(word) is OnnxDeepException problem)
        {
            WriteError(Errors.From(problem, word));
            return;
        }

        // With words from the pipeline, the parameter set is known only when the first one arrives.
        if (_vectorizer is null)
        {
            OpenVectors();
        }

        float[] vector = new float[_lease!.Value.Dimensions];
        if (!_vectorizer!.TryGetVector(word!, vector))
        {
            WriteError(Errors.WordWithoutVector(word!, _lease.Value.Name));
            return;
        }

        ProcessInputs([.. vector.Select(number => (double)number)], word);
    }

    private ErrorRecord Mismatch(int inputs) => Errors.InputCountMismatch(
        inputs, Source.Network.Inputs, _metadata?.GetFeatures(Source.Network.Inputs));

    // An array is a row; single numbers are collected until they fill one.
    private void AddInputs(double[] inputs)
    {
        int needed = Source.Network.Inputs;
        if (inputs.Length > 1 && (inputs.Length != needed || _row.Count > 0))
        {
            WriteError(Mismatch(_row.Count > 0 ? _row.Count : inputs.Length));
            _row.Clear();
            if (inputs.Length != needed)
            {
                return;
            }
        }

        _row.AddRange(inputs);
        if (_row.Count == needed)
        {
            double[] row = [.. _row];
            _row.Clear();
            ProcessInputs(row, null);
        }
    }
}

/// <summary>A network and its origin.</summary>
/// <param name="Network">The network.</param>
/// <param name="Model">The model's name; null if the numbers are random or specified.</param>
/// <param name="Seed">The seed of random numbers; otherwise null.</param>
/// <param name="Labels">The names of the classes; may be empty.</param>
/// <param name="Threshold">A single output at or above this probability is class 1.</param>
internal sealed record NetworkSource(
    Network<double> Network, string? Model, uint? Seed, IReadOnlyList<string> Labels, double Threshold)
{
    /// <summary>Gets the name of a class, or its number if it has no name.</summary>
    public string GetLabel(int index) => index < Labels.Count && Labels.Count == Math.Max(2, Network.Units)
        ? Labels[index]
        : FormattableString.Invariant($"{index}");
}
