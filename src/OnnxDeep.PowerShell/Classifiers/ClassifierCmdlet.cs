using System.Management.Automation;

using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>
/// The base class of the cmdlets that train classifiers: provides the training, the output file and the result.
/// </summary>
public abstract class ClassifierCmdlet : OnnxDeepCmdlet
{
    private const int DefaultEpochs = 100;
    private const int MostEpochs = 500;
    private const double ValidationFraction = 0.2;

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

    /// <summary>The recipe that supplies defaults for the other parameters.</summary>
    [Parameter]
    [FlatTransformation]
    public ClassifierRecipeName Recipe { get; set; }

    /// <summary>Trains the network again on all examples after the test.</summary>
    [Parameter]
    public SwitchParameter UseAll { get; set; }

    /// <summary>Also cross-validates with this number of folds.</summary>
    [Parameter]
    [ValidateRange(2, 1000)]
    [NumberTransformation]
    public int? CrossValidate { get; set; }

    /// <summary>The class, of two, whose probability is the model's output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PositiveLabel { get; set; }

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

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (!(TestFraction > 0 && TestFraction < 1))
        {
            ThrowTerminatingError(Errors.FractionOutOfRange(nameof(TestFraction), TestFraction));
        }

        if (LearningRate is double rate && !((float)rate > 0 && float.IsFinite((float)rate)))
        {
            ThrowTerminatingError(Errors.LearningRateOutOfRange(rate));
        }

        // A name that the user did not choose must not cost an earlier model.
        _keepsDefault = !Force && !MyInvocation.BoundParameters.ContainsKey(nameof(Path));
        if (_keepsDefault && File.Exists(GetFullPath(Path)))
        {
            ThrowTerminatingError(Errors.DefaultFileExists(GetFullPath(Path)));
        }

        _file = new OutputFile(this, Path, NoClobber || _keepsDefault);
    }

    /// <summary>Trains and tests a classifier, writes the ONNX file and returns the result.</summary>
    /// <param name="examples">The training examples.</param>
    /// <param name="features">The names of the inputs.</param>
    /// <param name="vectors">The table that contains the words; null for plain numbers.</param>
    /// <param name="standardizes">Whether the graph standardises its inputs.</param>
    /// <param name="leftOut">The columns that are not inputs.</param>
    private protected void Train(
        LabelledExamples examples,
        IReadOnlyList<string> features,
        WordVectorTable? vectors,
        bool standardizes,
        IReadOnlyList<LeftOutColumn> leftOut)
    {
        foreach (SkippedExample skipped in examples.Skipped)
        {
            WriteVerbose($"Skipped: '{skipped.Example}' ({skipped.Label}). {skipped.Detail}");
        }

        ClassifierRecipe recipe = CreateRecipe(examples, standardizes);
        string shape = string.Join('-', recipe.Layers.Select(layer => layer.Units).Prepend(examples.Data.Inputs));
        string path = _file!.FullPath;
        if (!ShouldProcess(
            path,
            FormattableString.Invariant($"Train a {shape} network on {examples.Data.Rows:N0} examples of ")
            + $"{string.Join(", ", examples.Labels)} and write it"))
        {
            return;
        }

        var messages = new TrainingMessages(this, recipe, $"Training a {shape} network");
        TrainedClassifier trained;
        CrossValidation? validation;
        try
        {
            trained = TrainedClassifier.Train(recipe, examples.Data, messages.Report, Stop);
            messages.Tell(trained.History);
            validation = CrossValidate is int folds
                ? CrossValidation.Run(
                    recipe, examples.Data, folds, (fold, metrics) => messages.Report(fold, folds, metrics), Stop)
                : null;
            messages.Tell(validation);
        }
        finally
        {
            messages.Complete();
        }

        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        ModelMetadata metadata = ClassifierMetadata.Describe(trained);
        Save(OnnxExporter.Export(
            trained.Network, vectors?.AddTo(metadata) ?? metadata, name, trained.Standardization));
        if (examples.Skipped.Count > 0)
        {
            int all = examples.Skipped.Count + examples.Data.Rows;
            WriteWarning(FormattableString.Invariant(
                $"Skipped {examples.Skipped.Count:N0} of {Quantity.Of(all, "example")}; ")
                + "the Skipped property lists them.");
        }

        messages.Warn(trained);

        WriteObject(CreateResult(examples, trained, validation, features, path, shape, name) with
        {
            LeftOutColumns = leftOut,
        });
    }

    private void Save(ReadOnlyMemory<byte> model)
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

    private ClassifierResult CreateResult(
        LabelledExamples examples,
        TrainedClassifier trained,
        CrossValidation? validation,
        IReadOnlyList<string> features,
        string path,
        string shape,
        string name) => new()
        {
            Model = path,
            Task = Task,
            Network = shape,
            Labels = examples.Labels,
            Accuracy = trained.Test.Accuracy,
            Report = ClassificationReport.Format(trained.Test, examples.Labels),
            History = trained.History,
            Confusion = trained.Test,
            Mistakes = [.. FindMistakes(examples, trained)],
            Skipped = examples.Skipped,
            CrossValidation = validation,
            Summary = NetworkSummary.Format(trained.Network, name),
            TrainRows = trained.Split.Train.Rows,
            TestRows = trained.Split.Test.Rows,
            Features = features,
            Command = MyInvocation.Line.Trim(),
        };

    private static IEnumerable<ClassifierMistake> FindMistakes(LabelledExamples examples, TrainedClassifier trained)
    {
        int units = trained.TestOutputs.GetLength(1);
        for (int row = 0; row < trained.Split.Test.Rows; row++)
        {
            float[] outputs = [.. Enumerable.Range(0, units).Select(unit => trained.TestOutputs[row, unit])];
            int label = Classes.FromOutputs(outputs);
            int truth = trained.Split.Test.GetClass(row);
            if (label != truth)
            {
                yield return new ClassifierMistake(
                    examples.Names[trained.Split.TestRows[row]],
                    examples.Labels[truth],
                    examples.Labels[label],
                    ClassScores.Of(label, outputs),
                    new ClassScores(examples.Labels, outputs));
            }
        }
    }

    private ClassifierRecipe CreateRecipe(LabelledExamples examples, bool standardizes)
    {
        bool isNotebook = Recipe == ClassifierRecipeName.Notebook;
        bool stops = MyInvocation.BoundParameters.ContainsKey(nameof(EarlyStopping))
            ? EarlyStopping
            : !isNotebook && Epochs is null;
        int classes = examples.Labels.Count;
        return new ClassifierRecipe
        {
            Name = Recipe.ToString().ToLowerInvariant(),
            Task = Task,
            Labels = examples.Labels,
            Layers =
            [
                .. Hidden.Select(units => new Dense(units, Activation)),
                classes == 2
                    ? new Dense(1, Activation.Sigmoid)
                    : new Dense(classes, Activation.Softmax),
            ],
            TestFraction = TestFraction,
            Stratified = !isNotebook,
            TrainsOnAllRows = UseAll,
            Standardizes = standardizes,
            Training = new TrainingOptions
            {
                Epochs = Epochs ?? (isNotebook ? 10 : stops ? MostEpochs : DefaultEpochs),
                BatchSize = BatchSize ?? 5,
                Loss = classes == 2 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
                Optimizer = new Adam(LearningRate ?? (isNotebook ? 0.001 : DefaultLearningRate)),
                Seed = (ulong)Seed,
                ValidationFraction = stops ? ValidationFraction : 0,
                EarlyStopping = stops ? new EarlyStopping(Patience: 10, MinimumDelta: 0.001) : null,
            },
        };
    }
}

/// <summary>The recipes for training a classifier.</summary>
public enum ClassifierRecipeName
{
    /// <summary>Early stopping, a learning rate that suits short lists, and a stratified test split.</summary>
    Default,

    /// <summary>
    /// The recipe of the notebook: five ReLU units, 10 epochs in batches of 5, Adam at 0.001, and a random test split.
    /// </summary>
    Notebook,
}
