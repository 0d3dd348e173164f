using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class ClassifierTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StandardizationIsScikitLearns()
    {
        // StandardScaler().fit([[1, 10], [2, 10], [6, 10]]): mean_ 3, 10; scale_ 2.1602469, 1.
        Standardization scaling = Standardization.Of(new float[,] { { 1, 10 }, { 2, 10 }, { 6, 10 } }.AsSpan2D());

        Assert.Equal([3f, 10f], scaling.Mean);
        Assert.Equal(2.1602469f, scaling.Scale[0], 1e-6f);
        Assert.Equal(1, scaling.Scale[1]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void EachRowIsTestedInOneFoldAndClassesKeepTheirShares(int folds)
    {
        TrainingExamples data = Blobs(3, 21).Data;
        RowSplit[] splits = [.. data.CreateFolds(folds, 1)];

        Assert.Equal(Enumerable.Range(0, data.Rows), splits.SelectMany(split => split.Test.ToArray()).Order());
        Assert.All(splits, split =>
        {
            Assert.Empty(split.Train.ToArray().Intersect(split.Test.ToArray()));
            int[] counts =
            [
                .. Enumerable.Range(0, 3)
                    .Select(label => split.Test.ToArray().Count(row => data.GetClass(row) == label)),
            ];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void BlobsAreToldApartAndTheFileTakesRawNumbers(int classes)
    {
        LabelledExamples examples = Blobs(classes, 40);
        TrainedClassifier trained = TrainedClassifier.Train(Recipe(examples), examples.Data);
        string path = _folder.File("blobs.onnx");
        OnnxExporter.Write(
            path, trained.Network, ClassifierMetadata.Describe(trained), "blobs", trained.Features.Standardization);
        Network<float> raw = OnnxModelFile.Load(path).GetNetwork();
        float[,] direct = trained.Network.Forward(trained.Features.Encode(examples.Data.AllRows));
        ExampleSource numbers = Blobs(classes, 40, standardizes: false).Data.Source;
        float[,] folded = raw.Forward(numbers.Fit([0]).Encode(examples.Data.AllRows));

        Assert.True(trained.Test.Accuracy > 0.95, $"{trained.Test.Accuracy}");
        Assert.All(
            direct.Cast<float>().Zip(folded.Cast<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Equal(trained.Split.Test.Length, trained.Test.Total);
    }

    [Fact]
    public void SameSeedGivesTheSameFile()
    {
        LabelledExamples examples = Blobs(3, 20);
        byte[] Export()
        {
            TrainedClassifier trained = TrainedClassifier.Train(
                Recipe(examples) with { TrainsOnAllRows = true }, examples.Data);
            return OnnxExporter.Export(trained.Network, standardization: trained.Features.Standardization);
        }

        Assert.Equal(Export(), Export());
    }

    [Fact]
    public void CrossValidationTestsEveryRowOnce()
    {
        LabelledExamples examples = Blobs(3, 20);
        var folds = new HashSet<int>();
        CrossValidation validation = CrossValidation.Run(
            Recipe(examples), examples.Data, 5, (fold, _) => folds.Add(fold));

        Assert.Equal([1, 2, 3, 4, 5], folds.Order());
        Assert.Equal(examples.Data.Rows, validation.Confusion.Total);
        Assert.Equal(validation.Accuracies.Average(), validation.Mean, 1e-12);
        Assert.Equal(validation.Confusion.Accuracy, validation.Mean, 0.02);
    }

    [Fact]
    public void SpreadOfTheFoldsIsTheRootOfTheirMeanSquaredDistance()
    {
        var validation = new CrossValidation([0.5, 0.75, 1], new OnnxDeep.Learning.Metrics.ConfusionMatrix(2));

        Assert.Equal(0.75, validation.Mean);
        Assert.Equal(Math.Sqrt(0.125 / 3), validation.StandardDeviation, 1e-15);
        Assert.Equal((0.5, 1.0), (validation.Minimum, validation.Maximum));
        Assert.Equal(
            "Fold  Accuracy\n   1    0.5000\n   2    0.7500\n   3    1.0000\n\n"
            + "Mean 0.7500, standard deviation 0.2041, from 0.5000 to 1.0000.",
            validation.ToTable());
    }

    [Fact]
    public void RawInputsAreTrainedOnWhereTheSourceSaysSo()
    {
        LabelledExamples examples = Blobs(2, 10, standardizes: false);

        TrainedClassifier raw = TrainedClassifier.Train(
            Recipe(examples) with { TrainsOnAllRows = true }, examples.Data);

        Assert.Null(raw.Features.Standardization);
        ClassifierRecipe tested = raw.Recipe with { TrainsOnAllRows = false };
        Assert.Null(TrainedClassifier.Train(tested, examples.Data).Features.Standardization);
        Assert.Equal(raw.History.BestEpoch, raw.Final.Epochs.Count);
        Assert.Equal(examples.Data.Rows, raw.Final.Epochs[0].Confusion!.Total);
        Assert.Equal(raw.Split.Train.Length, raw.History.Epochs[0].Confusion!.Total);
    }

    [Fact]
    public void OtherClassCanBeThePositiveOne()
    {
        LabelledExamples examples = Blobs(2, 10);
        LabelledExamples turned = examples.WithPositive(examples.Labels[0]);

        Assert.Equal(examples.Labels.Reverse(), turned.Labels);
        Assert.All(
            Enumerable.Range(0, examples.Data.Rows),
            row => Assert.Equal(
                examples.Labels[examples.Data.GetClass(row)], turned.Labels[turned.Data.GetClass(row)]));
        Assert.Equal(
            "LabelUnknown", Assert.Throws<OnnxDeepException>(() => examples.WithPositive("nosuch")).ErrorId);
        Assert.Equal(
            "LabelUnknown", Assert.Throws<OnnxDeepException>(() => Blobs(3, 10).WithPositive("class 1")).ErrorId);
    }

    private static ClassifierRecipe Recipe(LabelledExamples examples)
    {
        int classes = examples.Labels.Count;
        return new ClassifierRecipe
        {
            Name = "test",
            Task = ModelMetadata.Classification,
            Labels = examples.Labels,
            Layers =
            [
                new(8, Activation.ReLU),
                classes == 2 ? new(1, Activation.Sigmoid) : new(classes, Activation.Softmax),
            ],
            Stratified = true,
            Training = new TrainingOptions
            {
                Epochs = 60,
                BatchSize = 8,
                Loss = classes == 2 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
                Optimizer = new Adam(LearningRate: 0.01),
            },
        };
    }

    // Far from zero and of very different magnitudes, so only standardised inputs can be learned from.
    private static LabelledExamples Blobs(int classes, int rows, bool standardizes = true)
    {
        var random = new Random(3);
        double Noise() => random.NextDouble() + random.NextDouble() - 1;
        return LabelledExamples.Create(
            [
                .. Enumerable.Range(0, classes * rows).Select(i =>
                    ($"{i}", $"class {i % classes}", new[]
                    {
                        (float)(1000 + (3 * Math.Cos(i % classes * 2 * Math.PI / classes)) + Noise()),
                        (float)(0.001 * ((3 * Math.Sin(i % classes * 2 * Math.PI / classes)) + Noise())),
                    })),
            ],
            [],
            standardizes: standardizes);
    }
}
