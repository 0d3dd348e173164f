using System.Globalization;
using System.Management.Automation;

using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Classifiers;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Regressors;

/// <summary>Trains and tests a model that predicts a number, and writes it as an ONNX file.</summary>
[Cmdlet(VerbsCommon.New, "Regressor", SupportsShouldProcess = true, HelpUri = HelpUris.NewRegressor)]
[OutputType(typeof(RegressorResult))]
public sealed class NewRegressorCommand : TrainingCmdlet
{
    private readonly List<object?> _values = [];
    private FileLease<WordVectorTable>? _vectors;
    private TrainingTable? _table;

    /// <summary>Creates the command with its own default for -Path.</summary>
    public NewRegressorCommand() => Path = "regressor.onnx";

    /// <summary>Objects with features and a number to predict.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property that contains the number to predict.</summary>
    [Parameter(Mandatory = true), Alias("LabelProperty")]
    [ValidateNotNullOrEmpty]
    public string TargetProperty { get; set; } = string.Empty;

    /// <summary>The loss to minimize.</summary>
    [Parameter]
    [ValidateSet(nameof(Learning.Training.Loss.MeanSquaredError), nameof(Learning.Training.Loss.MeanAbsoluteError))]
    public string Loss { get; set; } = nameof(Learning.Training.Loss.MeanSquaredError);

    /// <inheritdoc cref="NewClassifierCommand.Feature"/>
    [Parameter, Alias("Property")]
    [ValidateNotNullOrEmpty]
    public string[]? Feature { get; set; }

    /// <inheritdoc cref="NewClassifierCommand.ExcludeFeature"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeFeature { get; set; } = [];

    /// <inheritdoc cref="NewClassifierCommand.Missing"/>
    [Parameter]
    [FlatTransformation]
    public MissingValue Missing { get; set; }

    /// <inheritdoc cref="NewClassifierCommand.HashCategory"/>
    [Parameter]
    public SwitchParameter HashCategory { get; set; }

    /// <inheritdoc cref="NewClassifierCommand.Vectors"/>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string? Vectors { get; set; }

    /// <inheritdoc cref="NewClassifierCommand.NoStandardize"/>
    [Parameter]
    public SwitchParameter NoStandardize { get; set; }

    /// <inheritdoc cref="NewClassifierCommand.Culture"/>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    private protected override string Task => ModelMetadata.Regression;

    private protected override double DefaultLearningRate => 0.003;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _vectors = Vectors is null ? null : RentVectors(Vectors);
        _table = new TrainingTable(this, TargetProperty, Feature, ExcludeFeature, new TableOptions
        {
            Culture = Culture,
            SkipsMissing = Missing == MissingValue.Skip,
            HashesCategories = HashCategory,
            KeepsNumbers = NoStandardize,
            Text = _vectors is null ? null : NewClassifierCommand.Describe(_vectors.Value),
        })
        {
            LabelParameter = nameof(TargetProperty),
        };
    }

    /// <inheritdoc/>
    protected override void OnProcess() => Attempt(InputObject, () =>
    {
        // One for each row, also if the table reports that the row has a property whose script fails.
        _values.Add(null);
        _table!.Add(InputObject);
        _values[^1] = RowProperties.Unwrap(RowProperties.Get(InputObject, TargetProperty));
    });

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _table!.CheckNames();
        TableData data = _table.Build();
        var target = new TargetColumn(TargetProperty, Culture);
        target.Read(data.Examples, _values);
        Train(new SelectedRows(data, [.. target.Rows]), target, data);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _vectors?.Dispose();
        base.Dispose(disposing);
    }

    private void Train(SelectedRows source, TargetColumn target, TableData data)
    {
        SkippedExample[] skipped = [.. _table!.Skipped, .. target.Skipped];
        foreach (SkippedExample row in skipped)
        {
            WriteVerbose($"Skipped: {row.Example}. {row.Detail}");
        }

        TrainingRecipe recipe = CreateRecipe();
        if (!ShouldProcess(
            FilePath,
            FormattableString.Invariant($"Train a network to predict '{TargetProperty}' on {source.Rows:N0} rows ")
            + "and write it"))
        {
            return;
        }

        var messages = new RegressorMessages(this, recipe, $"Training to predict '{TargetProperty}'");
        TrainedRegressor trained;
        RegressorValidation? validation;
        try
        {
            trained = TrainedRegressor.Train(
                recipe, source, target.Targets, messages.Report, messages.Report, Stop);
            messages.Tell(trained);
            validation = CrossValidate is int folds
                ? RegressorValidation.Run(
                    recipe,
                    source,
                    target.Targets,
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

        string name = System.IO.Path.GetFileNameWithoutExtension(FilePath);
        Save(TableModelExporter.Export(
            trained.Network,
            trained.Features.Schema!,
            RegressorMetadata.Describe(trained) with { LabelName = TargetProperty },
            name,
            _vectors?.Value,
            Stop));
        if (skipped.Length > 0)
        {
            WriteWarning(FormattableString.Invariant(
                $"Skipped {skipped.Length:N0} of {Quantity.Of(skipped.Length + source.Rows, "row")}, ")
                + $"such as {skipped[0].Example}: {skipped[0].Detail} The Skipped property lists them.");
        }

        WriteObject(CreateResult(trained, validation, target, data, skipped, name));
    }

    private RegressorResult CreateResult(
        TrainedRegressor trained,
        RegressorValidation? validation,
        TargetColumn target,
        TableData data,
        SkippedExample[] skipped,
        string name) => new()
        {
            Model = FilePath,
            Task = Task,
            Target = TargetProperty,
            Network = string.Join(
                '-', trained.Network.Layers.Select(layer => layer.Units).Prepend(trained.Network.Inputs)),
            R2 = trained.Test?.R2,
            MAE = trained.Test?.MAE,
            RMSE = trained.Test?.RMSE,
            Report = trained.Test?.Report,
            History = trained.History,
            Residuals = [.. FindResiduals(trained, target, data)],
            Skipped = skipped,
            CrossValidation = validation,
            Candidates = trained.Candidates,
            Summary = NetworkSummary.Format(trained.Network, name),
            TrainRows = trained.Split.Train.Length,
            TestRows = trained.Split.Test.Length,
            Features = [.. data.Columns.Select(column => column.Name)],
            Columns = trained.Features.Schema!.Columns,
            LeftOutColumns = _table!.LeftOut,
            Command = MyInvocation.Line.Trim(),
        };

    private static IEnumerable<RegressorResidual> FindResiduals(
        TrainedRegressor trained, TargetColumn target, TableData data)
    {
        for (int i = 0; i < trained.Split.Test.Length; i++)
        {
            int row = trained.Split.Test.Span[i];
            double actual = target.Targets[row];
            double prediction = trained.TestOutputs[i, 0];
            yield return new RegressorResidual(
                data.Examples[target.Rows[row]].Name, actual, prediction, actual - prediction);
        }
    }

    private TrainingRecipe CreateRecipe()
    {
        IEnumerable<Dense> hidden = MyInvocation.BoundParameters.ContainsKey(nameof(Hidden))
            ? CreateHidden()
            : [new Dense(64, Activation)];
        IReadOnlyList<TrainingCandidate> candidates = CreateCandidates();
        TrainingOptions options = CreateOptions(
            Enum.Parse<Loss>(Loss), isNotebook: false, compares: candidates.Count > 0);
        return new TrainingRecipe
        {
            Candidates = candidates,
            Name = "default",
            Task = Task,
            Layers = [.. hidden, new Dense(1, Activation.Linear)],
            TestFraction = TestFraction,
            TrainsOnAllRows = UseAll,
            Training = options with { BatchSize = BatchSize ?? 32 },
        };
    }
}
