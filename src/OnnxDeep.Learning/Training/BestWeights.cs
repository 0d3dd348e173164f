namespace OnnxDeep.Learning.Training;

/// <summary>
/// Keeps the weights of the epoch with the smallest validation loss if early stopping is on.
/// </summary>
internal sealed class BestWeights(EarlyStopping? options, float[] current)
{
    private readonly float[] _best = options is null ? current : [.. current];
    private double _loss = double.PositiveInfinity;
    private int _waited;

    /// <summary>The epoch of the best weights; null without early stopping, or before the first validation.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Whether the validation loss has not improved for as many epochs as the patience.</summary>
    public bool IsStale => options is not null && _waited > 0 && _waited >= options.Patience;

    /// <summary>The weights of the best epoch, or else the current ones.</summary>
    public float[] Values => Epoch is null ? current : _best;

    /// <summary>Keeps the current weights if the epoch is better than all before it.</summary>
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
