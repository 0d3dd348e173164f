using System.Management.Automation;

using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>
/// The base class of the cmdlets that train classifiers: provides the training and the result.
/// </summary>
public abstract class ClassifierCmdlet : TrainingCmdlet
{
    /// <summary>The recipe that supplies defaults for the other parameters.</summary>
    [Parameter]
    [FlatTransformation]
    public ClassifierRecipeName Recipe { get; set; }

    /// <summary>The class, of two, whose probability is the model's output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PositiveLabel { get; set; }

    /// <summary>The saved model that the training goes on from.</summary>
    [Parameter, ModelCompleter, ValidateNotNullOrEmpty]
    public string? Continue { get; set; }

    /// <summary>Objects for testing alone, with the properties of the training examples.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSObject[]? TestData { get; set; }

    /// <summary>Balanced multiplies the loss of each row so that all classes count the same.</summary>
    [Parameter]
    [FlatTransformation]
    public ClassWeighting ClassWeight { get; set; }

    /// <summary>The threshold of two classes: F1, Youden or a number.</summary>
    [Parameter, ThresholdCompleter, ThresholdTransformation]
    public object Threshold { get; set; } = 0.5;

    /// <summary>How the probabilities are calibrated on rows that the network is not trained on.</summary>
    [Parameter]
    [FlatTransformation]
    public CalibrationMethod? Calibration { get; set; }

    /// <summary>The model of -Continue; null without it.</summary>
    private protected ContinuedModel? Continued { get; private set; }

    /// <summary>The name of the column that the model predicts; null for lists of words.</summary>
    private protected abstract string? LabelName { get; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (Tune && (Continue is not null || Recipe == ClassifierRecipeName.Notebook))
        {
            ThrowTerminatingError(Errors.TunesSetting(Continue is null ? nameof(Recipe) : nameof(Continue)));
        }

        LoadContinued();
        if (TestData is not null && MyInvocation.BoundParameters.ContainsKey(nameof(TestFraction)))
        {
            ThrowTerminatingError(Errors.TestedTwice());
        }

        if (Threshold is double threshold && !(threshold >= 0 && threshold <= 1))
        {
            ThrowTerminatingError(Errors.ThresholdOutOfRange(threshold));
        }
    }

    /// <summary>Trains and tests a classifier, writes the ONNX file and returns the result.</summary>
    /// <param name="examples">The training examples.</param>
    /// <param name="features">The names of the inputs.</param>
    /// <param name="vectors">The table that contains the words; null for plain numbers.</param>
    /// <param name="leftOut">The columns that are not inputs.</param>
    private protected void Train(
        LabelledExamples examples,
        IReadOnlyList<string> features,
        WordVectorTable? vectors,
        IReadOnlyList<LeftOutColumn> leftOut)
    {
        foreach (SkippedExample skipped in examples.Skipped)
        {
            WriteVerbose($"Skipped: '{skipped.Example}' ({skipped.Label}). {skipped.Detail}");
        }

        CheckClasses(examples.Labels);
        int inputs = examples.Data.Source.Fit(examples.Data.TrainableRows).Width;
        if (Continued is not null && Continued.Network.Inputs != inputs)
        {
            ThrowTerminatingError(Errors.ContinueUnfit(
                Continued.Path,
                FormattableString.Invariant($"it takes {Continued.Network.Inputs:N0} numbers, but the examples have ")
                + FormattableString.Invariant($"{inputs:N0}")));
        }

        ClassifierRecipe recipe = CreateRecipe(examples);
        string? shape = recipe.Candidates.Count > 0
            ? null
            : string.Join('-', recipe.Layers.Select(layer => layer.Units).Prepend(inputs));
        string network = shape is null ? "network" : $"{shape} network";
        string path = FilePath;
        if (!ShouldProcess(
            path,
            FormattableString.Invariant($"Train a {network} on {examples.Data.Rows:N0} examples of ")
            + $"{string.Join(", ", examples.Labels)} and write it"))
        {
            return;
        }

        var messages = new TrainingMessages(this, recipe, $"Training a {network}");
        TrainedClassifier trained;
        CrossValidation? validation;
        try
        {
            trained = TrainedClassifier.Train(recipe, examples.Data, messages.Report, messages.Report, Stop);
            messages.Tell(trained);
            validation = CrossValidate is int folds
                ? CrossValidation.Run(
                    recipe,
                    examples.Data,
                    folds,
                    (fold, metrics) => messages.Report(fold, folds, metrics),
                    (fold, share) => messages.Report(fold, folds, share),
                    Stop)
                : null;
            messages.Tell(validation);
        }
        finally
        {
            messages.Complete();
        }

        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        ModelMetadata metadata = ClassifierMetadata.Describe(trained);
        Save(Export(trained, metadata with { LabelName = LabelName }, name, vectors));
        if (examples.Skipped.Count > 0)
        {
            int all = examples.Skipped.Count + examples.Data.Rows;
            WriteWarning(FormattableString.Invariant(
                $"Skipped {examples.Skipped.Count:N0} of {Quantity.Of(all, "example")}; ")
                + "the Skipped property lists them.");
        }

        messages.Warn(trained, examples.Data);

        WriteObject(CreateResult(examples, trained, validation, features, path, name) with
        {
            LeftOutColumns = leftOut,
            Columns = trained.Features.Schema?.Columns ?? [],
        });
    }

    private byte[] Export(TrainedNetwork trained, ModelMetadata metadata, string name, WordVectorTable? vectors) =>
        trained.Features.Schema is TableSchema schema
            ? TableModelExporter.Export(trained.Network, schema, metadata, name, vectors, Stop)
            : OnnxExporter.Export(
                trained.Network, vectors?.AddTo(metadata) ?? metadata, name, trained.Features.Standardization);

    private ClassifierResult CreateResult(
        LabelledExamples examples,
        TrainedClassifier trained,
        CrossValidation? validation,
        IReadOnlyList<string> features,
        string path,
        string name) => new()
        {
            Model = path,
            Task = Task,
            Network = string.Join(
                '-', trained.Network.Layers.Select(layer => layer.Units).Prepend(trained.Network.Inputs)),
            Candidates = trained.Candidates,
            Labels = examples.Labels,
            Accuracy = trained.Test.Total > 0 ? trained.Test.Accuracy : null,
            Report = trained.Test.Total > 0 ? ClassificationReport.Format(trained.Test, examples.Labels) : null,
            History = trained.History,
            Confusion = trained.Test.Total > 0 ? trained.Test : null,
            Mistakes = trained.Test.Total > 0 ? [.. FindMistakes(examples, trained)] : null,
            Threshold = examples.Labels.Count == 2 ? trained.Threshold : null,
            Calibration = trained.Calibration,
            Reliability = trained.Reliability,
            UncalibratedReliability = trained.UncalibratedReliability,
            Skipped = examples.Skipped,
            CrossValidation = validation,
            Summary = NetworkSummary.Format(trained.Network, name),
            TrainRows = trained.Split.Train.Length,
            TestRows = trained.Split.Test.Length,
            Features = features,
            Command = MyInvocation.Line.Trim(),
        };

    private static IEnumerable<ClassifierMistake> FindMistakes(LabelledExamples examples, TrainedClassifier trained)
    {
        int units = trained.TestOutputs.GetLength(1);
        for (int i = 0; i < trained.Split.Test.Length; i++)
        {
            float[] outputs = [.. Enumerable.Range(0, units).Select(unit => trained.TestOutputs[i, unit])];
            int label = Classes.FromOutputs(outputs, trained.Threshold);
            int row = trained.Split.Test.Span[i];
            int truth = examples.Data.GetClass(row);
            if (label != truth)
            {
                yield return new ClassifierMistake(
                    examples.Names[row],
                    examples.Labels[truth],
                    examples.Labels[label],
                    ClassScores.Of(label, outputs),
                    new ClassScores(examples.Labels, outputs));
            }
        }
    }

    /// <summary>Reads the objects of -TestData, which all need a label.</summary>
    /// <param name="property">The property that contains the label.</param>
    /// <param name="read">Reads an object.</param>
    private protected void ReadTestData(string property, Action<PSObject> read)
    {
        var rows = new SeenProperties();
        foreach (PSObject row in TestData ?? [])
        {
            Stop.ThrowIfCancellationRequested();
            rows.Look(row, property);
            Attempt(row, () => read(row));
        }

        if (rows.FindMissing(("LabelProperty", [property])) is ErrorRecord missing)
        {
            ThrowTerminatingError(missing);
        }
    }

    /// <summary>Ends the command if no object of -TestData has one of the columns.</summary>
    private protected void CheckTestData(IEnumerable<string> columns)
    {
        string[] missing = [.. columns.Where(name => TestData?.All(row => !RowProperties.Has(row, name)) == true)];
        if (missing.Length > 0)
        {
            ThrowTerminatingError(Errors.TestDataUnfit(missing, TestData![0]));
        }
    }

    private void LoadContinued()
    {
        if (Continue is null)
        {
            return;
        }

        string path = ResolveModel(Continue);
        Continued = Wait(() => ContinuedModel.Load(path));
        var bound = MyInvocation.BoundParameters;
        string? problem = Continued.FindProblem(Task)
            ?? Continued.FindDifference(
                bound.ContainsKey(nameof(Hidden)) ? Hidden : null,
                bound.ContainsKey(nameof(Activation)) ? Activation : null)
            ?? (PositiveLabel is not null && PositiveLabel != Continued.Labels[^1]
                ? $"its positive class is {Continued.Labels[^1]}, not {PositiveLabel}"
                : null);
        if (problem is not null)
        {
            ThrowTerminatingError(Errors.ContinueUnfit(path, problem));
        }
    }

    // A threshold, and Platt's function, are of a single output.
    private void CheckClasses(IReadOnlyList<string> labels)
    {
        string? parameter = labels.Count == 2 ? null
            : MyInvocation.BoundParameters.ContainsKey(nameof(Threshold)) ? nameof(Threshold)
            : Calibration == CalibrationMethod.Platt ? $"{nameof(Calibration)} {nameof(CalibrationMethod.Platt)}"
            : null;
        if (parameter is not null)
        {
            ThrowTerminatingError(Errors.NotTwoClasses(parameter, labels));
        }
    }

    private ClassifierRecipe CreateRecipe(LabelledExamples examples)
    {
        bool isNotebook = Recipe == ClassifierRecipeName.Notebook;
        int classes = examples.Labels.Count;
        IReadOnlyList<TrainingCandidate> candidates = isNotebook || Continued is not null ? [] : CreateCandidates();
        TrainingOptions options = CreateOptions(
            classes == 2 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
            isNotebook,
            compares: candidates.Count > 0);
        return new ClassifierRecipe
        {
            Candidates = candidates,
            Name = Recipe.ToString().ToLowerInvariant(),
            Task = Task,
            Labels = examples.Labels,
            Layers = Continued?.Layers ??
            [
                .. CreateHidden(),
                classes == 2
                    ? new Dense(1, Activation.Sigmoid)
                    : new Dense(classes, Activation.Softmax),
            ],
            Start = Continued?.Network,
            TestFraction = TestFraction,
            Stratified = !isNotebook,
            TrainsOnAllRows = UseAll,
            Calibration = Calibration,
            ThresholdCriterion = Threshold as ThresholdCriterion?,
            Threshold = Continued is not null && !MyInvocation.BoundParameters.ContainsKey(nameof(Threshold))
                ? Continued.Metadata.Threshold
                : Threshold is double threshold ? (float)threshold : 0.5f,
            Training = options with
            {
                BalancesClasses = ClassWeight == ClassWeighting.Balanced,
            },
        };
    }
}

/// <summary>How much the rows of each class count in the training.</summary>
public enum ClassWeighting
{
    /// <summary>Each row counts the same, so that probabilities are frequencies.</summary>
    None,

    /// <summary>Each class counts the same: its rows have the weight n / (k·n_c).</summary>
    Balanced,
}

/// <summary>The recipes for training a classifier.</summary>
public enum ClassifierRecipeName
{
    /// <summary>
    /// The best of several ways to train, compared within the training examples, and a stratified test split.
    /// </summary>
    Default,

    /// <summary>
    /// The recipe of the notebook: five ReLU units, 10 epochs in batches of 5, Adam at 0.001, and a random test split.
    /// </summary>
    Notebook,
}
