using BenchmarkDotNet.Attributes;

using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Tests;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Shares one session between threads, as the runspaces of ForEach-Object -Parallel do; the baseline is one thread.
/// </summary>
public class ParallelBenchmark : IDisposable
{
    private const int Batches = 256;

    private WordClassifier _classifier = null!;

    /// <summary>Opens the model and the table, outside the measurement.</summary>
    [GlobalSetup]
    public void Setup() => _classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

    /// <summary>Classifies 256 batches of 100 words, one after the other.</summary>
    [Benchmark(Baseline = true)]
    public void OneThread() => Classify(1);

    /// <summary>Classifies the same batches on two threads.</summary>
    [Benchmark]
    public void TwoThreads() => Classify(2);

    /// <summary>Closes the model and the table.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _classifier.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Classify(int threads) => Parallel.For(
        0, Batches, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => _classifier.Classify(FoodWords.All));
}
