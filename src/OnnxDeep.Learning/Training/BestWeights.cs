namespace OnnxDeep.Learning.Training;

/// <summary>
/// Keeps the weights of the epoch with the smallest validation loss, where early stopping is asked for.
/// </summary>
internal sealed class BestWeights(EarlyStopping? options, float[] current)
{
    private readonly float[] _best = options is null ? current : [.. current];
    private double _loss = double.PositiveInfinity;
    private int _waited;

    /// <summary>The epoch they come from; null while every epoch's weights are as good.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Whether patience has run out.</summary>
    public bool IsStale => options is not null && _waited > 0 && _waited >= options.Patience;

    /// <summary>The weights to end with.</summary>
    public float[] Values => Epoch is null ? current : _best;

    /// <summary>Takes the current weights if the epoch was better than all before.</summary>
    public void Consider(EpochMetrics metrics)
    {
        if (options is null || metrics.ValidationLoss is not double loss)
        {
            return;
        }

        if (loss < _loss - options.MinimumDelta)
        {
            _loss = loss;
            _waited = 0;
            Epoch = metrics.Epoch;
            current.CopyTo(_best, 0);
        }
        else
        {
            _waited++;
        }
    }
}
