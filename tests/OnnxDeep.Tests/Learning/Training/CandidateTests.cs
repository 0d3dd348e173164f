using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Tests.Learning.Training;

public class CandidateTests
{
    [Fact]
    public void LinearCandidateIsScikitLearnsLogisticRegression()
    {
        // LogisticRegression(tol=1e-12).fit([[0, 1], [1, 0], [2, 2], [3, 1]], [0, 0, 1, 1]), of scikit-learn 1.2.1.
        var data = new Dataset(
            new float[,] { { 0, 1 }, { 1, 0 }, { 2, 2 }, { 3, 1 } }.AsSpan2D(),
            new float[,] { { 0 }, { 0 }, { 1 }, { 1 } }.AsSpan2D());
        DenseLayer<float> layer = Linear(new Dense(1, Activation.Sigmoid), data, Loss.BinaryCrossEntropy);

        Assert.Equal(0.893509f, layer.Weights[0, 0], 1e-3f);
        Assert.Equal(0.542224f, layer.Weights[1, 0], 1e-3f);
        Assert.Equal(-1.882491f, layer.Biases[0], 2e-3f);
    }

    [Fact]
    public void SquaredErrorsGiveTheSolutionOfTheNormalEquations()
    {
        // Σ(w·x + b - y)² + ½w² over (0, 1), (1, 3), (2, 5): b = 3 - w and 4w + w = 8, so w = 1.6.
        var data = new Dataset(
            new float[,] { { 0 }, { 1 }, { 2 } }.AsSpan2D(), new float[,] { { 1 }, { 3 }, { 5 } }.AsSpan2D());
        DenseLayer<float> layer = Linear(new Dense(1, Activation.Linear), data, Loss.MeanSquaredError);

        Assert.Equal(1.6f, layer.Weights[0, 0], 1e-3f);
        Assert.Equal(1.4f, layer.Biases[0], 1e-3f);
    }

    [Fact]
    public void RateFallsToZeroAndDecayShrinksTheWeights()
    {
        IOptimizerState state = new Adam(0.1) { Decay = 1, FallsToZero = true }.Start(8, steps: 2);
        float[] weights = [1, 1, 1, 1, 1, 1, 1, 1];
        state.Step(weights, new float[8]);
        Assert.All(weights, weight => Assert.Equal(0.9f, weight, 1e-6f));
        state.Step(weights, new float[8]);
        Assert.All(weights, weight => Assert.Equal(0.9f * 0.95f, weight, 1e-6f));
    }

    [Fact]
    public void ProjectedNetworkIsTurnedBackIntoOneOfTheFeatures()
    {
        var random = new Random(5);
        float[,] features = new float[6, 20];
        foreach (ref float value in features.AsSpan())
        {
            value = (float)(random.NextDouble() + 3);
        }

        var data = new Dataset(features, new float[6, 1]);
        FeatureProjection projection = FeatureProjection.Of(data, _ => true)!;
        Dataset projected = projection.Apply(data);
        var network = Network.Create(
            projected.Inputs, [new(4, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 1);
        float[,] expected = network.Forward(projected.Features);
        float[,] actual = projection.Unfold(network).Forward(data.Features);

        Assert.InRange(projected.Inputs, 5, 6);
        Assert.All(
            expected.Cast<float>().Zip(actual.Cast<float>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Theory]
    [InlineData(4, 2, 1)]
    [InlineData(4, 3, 1)]
    [InlineData(10, 2, 40)]
    public void FewRowsConstantColumnsAndRareClassesAreTrainedOn(int rows, int classes, int width)
    {
        var source = new MatrixFeatures(new float[rows * classes, width]);
        LabelledExamples examples = LabelledExamples.FromSource(
            source, [.. Enumerable.Range(0, source.Rows).Select(i => ($"{i}", $"class {i % classes}"))], []);
        TrainedClassifier trained = TrainedClassifier.Train(Recipe(examples), examples.Data);

        Assert.Equal(3, trained.Candidates.Count);
        Assert.Single(trained.Candidates, result => result.IsChosen);
        Assert.All(trained.Candidates, result => Assert.True(double.IsFinite(result.Loss)));
    }

    [Fact]
    public void BestCandidateIsRefittedToAllRowsWithTheSameBytes()
    {
        var random = new Random(8);
        float[,] features = new float[60, 2];
        foreach (ref float value in features.AsSpan())
        {
            value = (float)((random.NextDouble() * 2) - 1);
        }

        // Same signs or not: no plane separates them.
        LabelledExamples examples = LabelledExamples.FromSource(
            new MatrixFeatures(features),
            [.. Enumerable.Range(0, 60).Select(i => ($"{i}", $"{features[i, 0] * features[i, 1] > 0}"))],
            []);
        byte[] Export()
        {
            TrainedClassifier trained = TrainedClassifier.Train(
                Recipe(examples) with { TrainsOnAllRows = true }, examples.Data);
            Assert.Equal(64, trained.Network.Layers[0].Units);
            Assert.Equal(60, trained.Final.Epochs[0].Confusion!.Total);
            return OnnxExporter.Export(trained.Network);
        }

        Assert.Equal(Export(), Export());
    }

    private static DenseLayer<float> Linear(Dense output, Dataset data, Loss loss) => TrainingCandidate.Default[0]
        .Fit(output, data, new TrainingOptions { Loss = loss }, null, CancellationToken.None).Network.Layers[0];

    private static ClassifierRecipe Recipe(LabelledExamples examples)
    {
        int classes = examples.Labels.Count;
        return new ClassifierRecipe
        {
            Name = "default",
            Task = ModelMetadata.Classification,
            Labels = examples.Labels,
            Layers = [classes == 2 ? new(1, Activation.Sigmoid) : new(classes, Activation.Softmax)],
            Candidates = TrainingCandidate.Default,
            Stratified = true,
            Training = new TrainingOptions
            {
                Loss = classes == 2 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
            },
        };
    }
}
