using BenchmarkDotNet.Attributes;

using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Tests;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Classifies the notebook's 100 words in one batch; the baseline is ONNX Runtime without the look-up of vectors.
/// </summary>
public class ClassifierBenchmark : IDisposable
{
    private WordClassifier _classifier = null!;
    private InferenceSession _session = null!;
    private RunOptions _runOptions = null!;
    private OrtValue _input = null!;
    private OrtValue _output = null!;

    /// <summary>Opens the model and the table, outside the measurement.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = OnnxRuntimeHost.CreateSession(Repository.FoodModel, options);
        _runOptions = new RunOptions();
        using var table = WordVectorTable.Open(Repository.DefaultVectors);
        var vectorizer = new TermVectorizer(table);
        float[] features = new float[FoodWords.All.Count * table.Dimensions];
        for (int i = 0; i < FoodWords.All.Count; i++)
        {
            vectorizer.TryGetVector(FoodWords.All[i], features.AsSpan(i * table.Dimensions, table.Dimensions));
        }

        _input = OrtValue.CreateTensorValueFromMemory(features, [FoodWords.All.Count, table.Dimensions]);
        _output = OrtValue.CreateTensorValueFromMemory(new float[FoodWords.All.Count], [FoodWords.All.Count, 1]);
    }

    /// <summary>Runs only the model.</summary>
    [Benchmark(Baseline = true)]
    public void OnnxRuntimeAlone() => _session.Run(_runOptions, ["features"], [_input], ["probability"], [_output]);

    /// <summary>Classifies words.</summary>
    [Benchmark]
    public ClassifiedWord[] Classify() => _classifier.Classify(FoodWords.All);

    /// <summary>Closes the model and the table.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _classifier.Dispose();
        _input.Dispose();
        _output.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
        GC.SuppressFinalize(this);
    }
}
