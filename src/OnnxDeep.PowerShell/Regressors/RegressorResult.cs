using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;

namespace OnnxDeep;

/// <summary>The result of training a regressor.</summary>
public sealed record RegressorResult
{
    /// <summary>The full path of the ONNX file.</summary>
    public required string Model { get; init; }

    /// <summary>The task: regression.</summary>
    public required string Task { get; init; }

    /// <summary>The name of the predicted column.</summary>
    public required string Target { get; init; }

    /// <summary>The layers, such as 12-64-1.</summary>
    public required string Network { get; init; }

    /// <summary>The ways to train that were compared, with their losses; empty if settings were specified.</summary>
    public required IReadOnlyList<CandidateResult> Candidates { get; init => field = CellText.List(value); }

    /// <summary>The coefficient of determination on the test rows; null for fewer than two.</summary>
    public required double? R2 { get; init; }

    /// <summary>The mean absolute error on the test rows, in the unit of the target; null without a test.</summary>
    public required double? MAE { get; init; }

    /// <summary>The root mean squared error on the test rows, in the unit of the target; null without a test.</summary>
    public required double? RMSE { get; init; }

    /// <summary>The figures of the test rows as text; null without a test.</summary>
    public required string? Report { get; init; }

    /// <summary>The loss of each epoch of the tested training, on targets scaled to standard deviation 1.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>The test rows with their predictions.</summary>
    public required IReadOnlyList<RegressorResidual> Residuals { get; init => field = CellText.List(value); }

    /// <summary>The rows that were skipped.</summary>
    public required IReadOnlyList<SkippedExample> Skipped { get; init => field = CellText.List(value); }

    /// <summary>The result of the cross-validation; null if none was requested.</summary>
    public required RegressorValidation? CrossValidation { get; init; }

    /// <summary>The table of layers and parameters, in the format of Keras.</summary>
    public required string Summary { get; init; }

    /// <summary>The number of training rows.</summary>
    public required int TrainRows { get; init; }

    /// <summary>The number of test rows.</summary>
    public required int TestRows { get; init; }

    /// <summary>The names of the columns that the model takes.</summary>
    public required IReadOnlyList<string> Features { get; init => field = CellText.List(value); }

    /// <summary>
    /// The columns that the model takes, with the ranges and frequencies of the training rows.
    /// </summary>
    public required IReadOnlyList<TableColumn> Columns { get; init => field = CellText.List(value); }

    /// <summary>The columns of the input that are not inputs of the model, each with the reason.</summary>
    public required IReadOnlyList<LeftOutColumn> LeftOutColumns { get; init => field = CellText.List(value); }

    /// <summary>The command that created the regressor.</summary>
    public required string Command { get; init; }
}

/// <summary>A test row with its prediction.</summary>
/// <param name="Row">The name of the row.</param>
/// <param name="Actual">The true value.</param>
/// <param name="Prediction">The prediction.</param>
/// <param name="Residual">The true value minus the prediction.</param>
public sealed record RegressorResidual(string Row, double Actual, double Prediction, double Residual)
{
    /// <summary>The row with its true and its predicted value.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ShownText.Value(Row)}: {Actual} → {Prediction}");
}
