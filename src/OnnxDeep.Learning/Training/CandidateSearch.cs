using System.Runtime.ExceptionServices;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Chooses among candidates by their loss in cross-validation within the training rows, or on a held-out part if there
/// are many. The trainings run on all processors; the result has the same bits on any number of them.
/// </summary>
internal sealed class CandidateSearch
{
    private const int Folds = 5;
    private const int MostFoldedRows = 1000;
    private const double HeldOut = 0.2;

    // Between reports of the progress, which the caller's thread makes.
    private const int Pause = 100;

    private readonly TrainingRecipe _recipe;
    private readonly TrainingExamples _examples;
    private readonly RowSplit[] _splits;
    private readonly CancellationToken _cancellationToken;
    private int _done;

    private CandidateSearch(
        TrainingRecipe recipe, TrainingExamples examples, int[] rows, CancellationToken cancellationToken)
    {
        (_recipe, _examples, _cancellationToken) = (recipe, examples, cancellationToken);
        _splits = [.. Split(examples, rows, recipe.Seed)];
    }

    /// <summary>Measures the recipe's candidates.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="examples">The examples.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="progress">Receives the share that is done, on this thread.</param>
    /// <param name="cancellationToken">Checked in each training.</param>
    public static IReadOnlyList<CandidateResult> Run(
        TrainingRecipe recipe,
        TrainingExamples examples,
        ReadOnlySpan<int> rows,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        var search = new CandidateSearch(recipe, examples, rows.ToArray(), cancellationToken);
        int count = recipe.Candidates.Count;
        (double Sum, int Rows)[] losses = new (double, int)[count * search._splits.Length];
        var folds = search._splits.Select(split => new Lazy<FittedRows>(() => search.Encode(split))).ToArray();
        var work = Task.Run(
            () => Parallel.For(
                0,
                losses.Length,
                new ParallelOptions { CancellationToken = cancellationToken },
                i => losses[i] = search.Measure(recipe.Candidates[i % count], folds[i / count].Value)),
            CancellationToken.None);
        Wait(work, () => progress?.Invoke((double)search._done / Math.Max(1, losses.Length)));
        double[] means =
        [
            .. Enumerable.Range(0, count).Select(candidate =>
            {
                (double Sum, int Rows)[] own =
                    [.. Enumerable.Range(0, folds.Length).Select(fold => losses[(fold * count) + candidate])];
                return own.Sum(loss => loss.Sum) / Math.Max(1, own.Sum(loss => loss.Rows));
            }),
        ];
        int best = means.Index().MinBy(mean => double.IsNaN(mean.Item) ? double.MaxValue : mean.Item).Index;
        return [.. means.Select((mean, i) => new CandidateResult(recipe.Candidates[i], mean, i == best))];
    }

    /// <summary>Fits a candidate to the features, scaled and projected as it suits them.</summary>
    public static TrainingResult Fit(
        TrainingCandidate candidate,
        TrainingRecipe recipe,
        FittedFeatures features,
        Dataset data,
        Action<EpochMetrics>? progress,
        CancellationToken cancellationToken)
    {
        FeatureProjection? projection = Project(features, data);
        TrainingResult result = candidate.Fit(
            recipe.Layers[^1], projection?.Apply(data) ?? data, recipe.Training, progress, cancellationToken);
        return projection is null ? result : result with { Network = projection.Unfold(result.Network) };
    }

    private static FeatureProjection? Project(FittedFeatures features, Dataset data) => FeatureProjection.Of(
        data,
        feature => features.Schema is TableSchema schema
            ? IsRaw(schema.Sources[feature].Column)
            : features.Standardization is null);

    // The vectors of texts, and numbers that the model takes as they are.
    private static bool IsRaw(TableColumn column) =>
        column.Kind == ColumnKind.Text || column is { Kind: ColumnKind.Number, Mean: 0, Scale: 1 };

    private static void Wait(Task work, Action report)
    {
        try
        {
            while (!work.Wait(Pause))
            {
                report();
            }
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }

    private static IEnumerable<RowSplit> Split(TrainingExamples examples, int[] rows, ulong seed)
    {
        if (rows.Length > MostFoldedRows)
        {
            RowSplit split = examples.Split(
                rows, HeldOut, new DeterministicRandom(seed, RandomPurpose.ValidationSplit), stratified: true);
            return [split];
        }

        return rows.Length < 2 ? [] : examples.CreateFolds(rows, Math.Min(Folds, rows.Length), seed);
    }

    private FittedRows Encode(RowSplit split)
    {
        FittedFeatures features = _examples.Source.Fit(split.Train.Span);
        Dataset train = _examples.Encode(features, split.Train.Span);
        Dataset test = _examples.Encode(features, split.Test.Span);
        FeatureProjection? projection = Project(features, train);
        return new FittedRows(projection?.Apply(train) ?? train, projection?.Apply(test) ?? test);
    }

    // The sum of the losses and the number of rows, without those of classes that the training rows lack.
    private (double Sum, int Rows) Measure(TrainingCandidate candidate, FittedRows rows)
    {
        TrainingResult result = candidate.Fit(
            _recipe.Layers[^1], rows.Train, _recipe.Training, null, _cancellationToken);
        Interlocked.Increment(ref _done);
        float[,] outputs = result.Network.Forward(rows.Test.Features, _cancellationToken);
        HashSet<int>? known = _examples.HasClasses
            ? [.. Enumerable.Range(0, rows.Train.Rows).Select(rows.Train.GetClass)]
            : null;
        double[]? weights = _recipe.Training.BalancesClasses
            ? ClassWeights.Balance(Trainer.CountClasses(rows.Train))
            : null;
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows.Test.Rows; row++)
        {
            if (known is null || known.Contains(rows.Test.GetClass(row)))
            {
                double loss = LossFunctions.OfOutputs(
                    _recipe.Training.Loss, outputs.AsSpan2D().GetRowSpan(row), rows.Test.Targets.GetRowSpan(row));
                sum += loss * (weights?[rows.Test.GetClass(row)] ?? 1);
                count++;
            }
        }

        return (sum, count);
    }

    private sealed record FittedRows(Dataset Train, Dataset Test);
}
