using BenchmarkDotNet.Attributes;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Trainer;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Trains the notebook's food cell: 300-5-1, 70 words, 10 epochs in batches of 5. The baseline is the same arithmetic
/// in plain scalar loops over arrays, as one would write it by hand.
/// </summary>
public class TrainingBenchmark
{
    private Dataset _data = null!;
    private Network<float> _network = null!;
    private TrainingOptions _options = null!;
    private ScalarTrainer _scalar = null!;

    /// <summary>Loads vectors and draws weights, outside the measurement.</summary>
    [GlobalSetup]
    public void Setup()
    {
        using var vectors = VectorSource.Open(Tests.Repository.DefaultVectors);
        ClassifierRecipe recipe = Recipes.NotebookFood;
        _options = recipe.Training;
        _data = vectors.CreateFoodDataset().Split(recipe.TestFraction, recipe.Seed).Train;
        _network = Network.Create(_data.Inputs, recipe.Layers, recipe.Seed);
        _scalar = new ScalarTrainer(_network, _data);
    }

    /// <summary>Trains with scalar loops.</summary>
    [Benchmark(Baseline = true)]
    public float Scalar() => _scalar.Fit(_options);

    /// <summary>Trains with the shipped implementation.</summary>
    [Benchmark]
    public TrainingResult Lanes() => Learning.Training.Trainer.Fit(_network, _data, _options);
}
