using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>
/// The base class of the cmdlets that train networks: provides the parameters of the training and the output file.
/// </summary>
public abstract class TrainingCmdlet : OnnxDeepCmdlet
{
    private const int DefaultEpochs = 100;
    private const int MostEpochs = 500;
    private const double ValidationFraction = 0.2;

    private static readonly string[] s_settings =
    [
        nameof(Hidden), nameof(Activation), nameof(Epochs), nameof(BatchSize), nameof(LearningRate),
        nameof(EarlyStopping),
    ];

    private OutputFile? _file;
    private bool _keepsDefault;

    /// <summary>The ONNX file to write.</summary>
    [Parameter]
    [FileCompleter(".onnx"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "classifier.onnx";

    /// <summary>The number of units in each hidden layer.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    [NumberTransformation]
    public int[] Hidden { get; set; } = [5];

    /// <summary>The activation of the hidden layers.</summary>
    [Parameter]
    [FlatTransformation]
    public Activation Activation { get; set; } = Activation.ReLU;

    /// <summary>The maximum number of passes over the examples.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    [NumberTransformation]
    public int? Epochs { get; set; }

    /// <summary>The number of examples per training step.</summary>
    [Parameter]
    [ValidateRange(1, 65536)]
    [NumberTransformation]
    public int? BatchSize { get; set; }

    /// <summary>The learning rate of Adam.</summary>
    [Parameter]
    [NumberTransformation]
    public double? LearningRate { get; set; }

    /// <summary>The fraction of the examples that is used for testing.</summary>
    [Parameter]
    [NumberTransformation]
    public double TestFraction { get; set; } = 0.3;

    /// <summary>The seed of the initial weights, the split and the order of the examples.</summary>
    [Parameter, ValidateRange(0, long.MaxValue)]
    [NumberTransformation]
    public long Seed { get; set; } = 42;

    /// <summary>Stops when the loss on a held-out fifth of the training examples no longer decreases.</summary>
    [Parameter]
    public SwitchParameter EarlyStopping { get; set; }

    /// <summary>Compares more ways to train, which takes longer.</summary>
    [Parameter]
    public SwitchParameter Tune { get; set; }

    /// <summary>Trains the network again on all examples after the test.</summary>
    [Parameter]
    public SwitchParameter UseAll { get; set; }

    /// <summary>Also cross-validates with this number of folds.</summary>
    [Parameter]
    [ValidateRange(2, 1000)]
    [NumberTransformation]
    public int? CrossValidate { get; set; }

    /// <summary>Prevents an existing file from being overwritten.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Overwrites an existing classifier.onnx if -Path is not specified.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The name of the task in the metadata.</summary>
    private protected abstract string Task { get; }

    /// <summary>The default learning rate.</summary>
    private protected abstract double DefaultLearningRate { get; }

    /// <summary>The full path of the ONNX file.</summary>
    private protected string FilePath => _file!.FullPath;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (!(TestFraction >= 0 && TestFraction < 1))
        {
            ThrowTerminatingError(Errors.FractionOutOfRange(nameof(TestFraction), TestFraction));
        }

        if (LearningRate is double rate && !((float)rate > 0 && float.IsFinite((float)rate)))
        {
            ThrowTerminatingError(Errors.LearningRateOutOfRange(rate));
        }

        if (Tune && s_settings.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is string setting)
        {
            ThrowTerminatingError(Errors.TunesSetting(setting));
        }

        // A name that the user did not choose must not cost an earlier model.
        _keepsDefault = !Force && !MyInvocation.BoundParameters.ContainsKey(nameof(Path));
        if (_keepsDefault && File.Exists(GetFullPath(Path)))
        {
            ThrowTerminatingError(Errors.DefaultFileExists(GetFullPath(Path)));
        }

        _file = new OutputFile(this, Path, NoClobber || _keepsDefault);
    }

    /// <summary>Opens a vector table and verifies it.</summary>
    /// <param name="vectors">Its name or path.</param>
    private protected FileLease<WordVectorTable> RentVectors(string vectors)
    {
        FileLease<WordVectorTable> table = SharedFiles.RentTable(ResolveTable(vectors));
        if (!SharedFiles.Verify(table.Value, Stop))
        {
            WriteWarning($"The vector table '{table.Value.Path}' has no digest, so its content was not verified.");
        }

        return table;
    }

    /// <summary>Writes the ONNX file.</summary>
    private protected void Save(ReadOnlyMemory<byte> model)
    {
        try
        {
            _file!.Save(model, Stop);
        }
        catch (OnnxDeepException e) when (_keepsDefault && e.ErrorId == ErrorIds.FileExists)
        {
            // Another command has written the file during the training.
            ThrowTerminatingError(Errors.DefaultFileExists(_file!.FullPath));
        }
    }

    /// <summary>The ways to train that are compared; none if a setting of the training is specified.</summary>
    private protected IReadOnlyList<TrainingCandidate> CreateCandidates() =>
        s_settings.Any(MyInvocation.BoundParameters.ContainsKey) ? []
        : Tune ? TrainingCandidate.Wide
        : TrainingCandidate.Default;

    /// <summary>The hidden layers, as specified.</summary>
    private protected IEnumerable<Dense> CreateHidden() => Hidden.Select(units => new Dense(units, Activation));

    /// <summary>The options of the training, as specified.</summary>
    /// <param name="loss">The loss to minimize.</param>
    /// <param name="isNotebook">Whether the notebook's recipe supplies the defaults.</param>
    /// <param name="compares">Whether candidates are compared, which choose the steps themselves.</param>
    private protected TrainingOptions CreateOptions(Loss loss, bool isNotebook, bool compares)
    {
        bool stops = MyInvocation.BoundParameters.ContainsKey(nameof(EarlyStopping))
            ? EarlyStopping
            : !isNotebook && Epochs is null && !compares;
        return new TrainingOptions
        {
            Epochs = Epochs ?? (isNotebook ? 10 : stops ? MostEpochs : DefaultEpochs),
            BatchSize = BatchSize ?? 5,
            Loss = loss,
            Optimizer = new Adam(LearningRate ?? (isNotebook ? 0.001 : DefaultLearningRate)),
            Seed = (ulong)Seed,
            ValidationFraction = stops ? ValidationFraction : 0,
            EarlyStopping = stops ? new EarlyStopping(Patience: 10, MinimumDelta: 0.001) : null,
        };
    }
}
