using System.Globalization;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class RegressorTests
{
    // scikit-learn 1.2.1 on the same 300 rows, in five folds: R² 0.69 to 0.70 by Ridge, 0.92 to 0.94 by
    // MLPRegressor((100,)), 0.96 by MLPRegressor((64,), learning_rate_init=0.003, max_iter=2000).
    [Fact]
    public void CrossValidatedR2IsThatOfScikitLearnsNetworks()
    {
        (MatrixFeatures source, double[] targets) = Friedman(300);

        var validation = RegressorValidation.Run(Recipe(), source, targets, 5);

        Assert.InRange(validation.Mean!.Value, 0.92, 0.99);
        Assert.InRange(validation.All.R2!.Value, 0.92, 0.99);
        Assert.Equal(validation.Folds.Average(fold => fold.R2!.Value), validation.Mean.Value, 1e-12);
        Assert.Equal(validation.Folds.Min(fold => fold.R2), validation.Minimum);
        Assert.Equal(validation.Folds.Max(fold => fold.R2), validation.Maximum);
        Assert.Equal(300, validation.All.Rows);
        Assert.Contains(
            FormattableString.Invariant($"R2: mean {validation.Mean:F4}, standard deviation "),
            validation.ToTable(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void OutputsAreInTheUnitOfTheTarget()
    {
        (MatrixFeatures source, double[] targets) = Friedman(200);

        TrainedRegressor trained = TrainedRegressor.Train(Recipe(), source, targets);

        int[] rows = trained.Split.Test.ToArray();
        float[,] outputs = trained.Network.Forward(trained.Features.Encode(rows));
        Assert.Equal(60, rows.Length);
        Assert.Equal(outputs, trained.TestOutputs);
        Assert.All(outputs.Cast<float>(), output => Assert.InRange(output, 990, 1040));
        Assert.Equal(
            RegressionMeasure.Compute(
                [.. outputs.Cast<float>().Select(output => (double)output)], [.. rows.Select(row => targets[row])]),
            trained.Test);
    }

    [Fact]
    public void EpochsHaveLossesOfTheScaledTargetAndNoAccuracy()
    {
        (MatrixFeatures source, double[] targets) = Friedman(100);
        var seen = new List<EpochMetrics>();

        TrainedRegressor trained = TrainedRegressor.Train(Recipe(), source, targets, seen.Add);

        Assert.Equal(trained.History.Epochs.Count, seen.Count);
        Assert.All(seen, epoch => Assert.Null(epoch.Accuracy ?? epoch.ValidationAccuracy));
        Assert.InRange(trained.History.Epochs[0].Loss, 0.3, 3);
        Assert.DoesNotContain("ccuracy", trained.History.ToTable(), StringComparison.Ordinal);
        Assert.DoesNotContain("ccuracy", seen[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("ValidationLoss", trained.History.ToTable(), StringComparison.Ordinal);
    }

    [Fact]
    public void TestRowsStayUnknown()
    {
        (MatrixFeatures source, double[] targets) = Friedman(60);
        TrainedRegressor trained = TrainedRegressor.Train(Recipe(), source, targets);
        double[] others = [.. targets];
        foreach (int row in trained.Split.Test.Span)
        {
            others[row] += 500;
        }

        TrainedRegressor same = TrainedRegressor.Train(Recipe(), source, others);

        Assert.Equal(trained.TestOutputs, same.TestOutputs);
        Assert.NotEqual(trained.Test, same.Test);
    }

    [Fact]
    public void AfterTheTestAllRowsCanBeTrainedOn()
    {
        (MatrixFeatures source, double[] targets) = Friedman(60);
        TrainedRegressor tested = TrainedRegressor.Train(Recipe(), source, targets);

        TrainedRegressor all = TrainedRegressor.Train(Recipe() with { TrainsOnAllRows = true }, source, targets);

        Assert.Equal(tested.TestOutputs, all.TestOutputs);
        Assert.Equal(tested.Test, all.Test);
        Assert.NotEqual(
            tested.Network.Layers[0].Weights.ToArray().Cast<float>(),
            all.Network.Layers[0].Weights.ToArray().Cast<float>());
    }

    [Theory]
    [InlineData(Loss.MeanSquaredError, 20.8)]
    [InlineData(Loss.MeanAbsoluteError, 1)]
    public void ConstantFeaturesLeadToTheMeanOrTheMedian(Loss loss, double expected)
    {
        // Four of five rows have 1, the others 100: mean 20.8, median 1.
        double[] targets = [.. Enumerable.Range(0, 100).Select(row => row % 5 == 0 ? 100.0 : 1)];
        TrainingRecipe recipe = Recipe(loss) with
        {
            TestFraction = 0,
            Layers = [new Dense(1, Activation.Linear)],
            Training = new TrainingOptions { Epochs = 400, BatchSize = 100, Loss = loss, Optimizer = new Adam(0.01) },
        };

        TrainedRegressor trained = TrainedRegressor.Train(recipe, new MatrixFeatures(new float[100, 1]), targets);

        Assert.Equal(expected, trained.Network.Forward(new float[,] { { 0 } })[0, 0], 0.5);
        Assert.Null(trained.Test);
    }

    [Fact]
    public void FoldsOfASingleRowHaveNoR2()
    {
        (MatrixFeatures source, double[] targets) = Friedman(6);

        var validation = RegressorValidation.Run(Recipe() with { Training = new TrainingOptions
        {
            Epochs = 2, Loss = Loss.MeanSquaredError,
        } }, source, targets, 6);

        Assert.Null(validation.Mean ?? validation.StandardDeviation ?? validation.Minimum ?? validation.Maximum);
        Assert.NotNull(validation.All.R2);
        Assert.EndsWith("R2 is undefined in folds of a single row.", validation.ToTable(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorIds.TargetConstant, 0.1, 0.1, 0.1, 0.1, 0.1)]
    [InlineData(ErrorIds.TargetTooFine, 1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4)]
    [InlineData(ErrorIds.TooFewExamples, 1, 2, 3, 4)]
    public void TargetsThatCannotBeLearnedAreRefused(
        string id, double a, double b, double c, double d, double? e = null)
    {
        double[] targets = e is double last ? [a, b, c, d, last] : [a, b, c, d];

        var error = Assert.Throws<OnnxDeepException>(() => TrainedRegressor.Train(
            Recipe(), new MatrixFeatures(new float[targets.Length, 1]), targets));

        Assert.Equal(id, error.ErrorId);
    }

    [Fact]
    public void MetadataHasTheTaskAndTheFigures()
    {
        (MatrixFeatures source, double[] targets) = Friedman(60);
        TrainedRegressor trained = TrainedRegressor.Train(Recipe(), source, targets);

        var metadata = RegressorMetadata.Describe(trained);

        Assert.Equal(ModelMetadata.Regression, metadata.Task);
        Assert.Equal("MeanSquaredError", metadata.Training["loss"]);
        Assert.Equal("42", metadata.Metrics["train_rows"]);
        Assert.Equal(trained.Test!.R2!.Value.ToString(CultureInfo.InvariantCulture), metadata.Metrics["test_r2"]);
        Assert.Empty(metadata.Labels);
    }

    [Fact]
    public void SomeRowsOfASourceAreASource()
    {
        var source = new SelectedRows(new MatrixFeatures(new float[,] { { 1 }, { 2 }, { 3 }, { 4 } }, true), [3, 1]);

        FittedFeatures features = source.Fit([0, 1]);

        // Fitted to 4 and 2: mean 3, deviation 1.
        Assert.Equal(2, source.Rows);
        Assert.Equal(1, features.Width);
        Assert.Equal(new float[,] { { 1 }, { -1 } }, features.Encode([0, 1]));
    }

    private static TrainingRecipe Recipe(Loss loss = Loss.MeanSquaredError) => new()
    {
        Name = "test",
        Task = ModelMetadata.Regression,
        Layers = [new Dense(64, Activation.ReLU), new Dense(1, Activation.Linear)],
        Training = new TrainingOptions
        {
            Epochs = 500,
            BatchSize = 32,
            Loss = loss,
            Optimizer = new Adam(0.003),
            ValidationFraction = 0.2,
            EarlyStopping = new EarlyStopping(),
        },
    };

    // Friedman's first problem with an offset of 1000 and the noise of four uniform numbers.
    private static (MatrixFeatures Source, double[] Targets) Friedman(int rows)
    {
        uint state = 1;
        double Draw() => (state = (state * 1664525) + 1013904223) / 4294967296.0;
        float[,] features = new float[rows, 5];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] x = [Draw(), Draw(), Draw(), Draw(), Draw()];
            x.Select(value => (float)value).ToArray().CopyTo(features.GetRowSpan(row));
            double curve = (10 * Math.Sin(Math.PI * x[0] * x[1])) + (20 * (x[2] - 0.5) * (x[2] - 0.5));
            targets[row] = 1000 + curve + (10 * x[3]) + (5 * x[4]) + Draw() + Draw() + Draw() + Draw() - 2;
        }

        return (new MatrixFeatures(features, standardizes: true), targets);
    }
}
