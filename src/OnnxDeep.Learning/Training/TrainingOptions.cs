namespace OnnxDeep.Learning.Training;

/// <summary>How to train. The defaults are Keras's, but for the seed, which is always given.</summary>
public sealed record TrainingOptions
{
    /// <summary>The most passes over the data.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The rows of a step; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>What is made small.</summary>
    public Loss Loss { get; init; } = Loss.BinaryCrossEntropy;

    /// <summary>How a gradient becomes a step.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>Whether each epoch takes the rows in a new order; off, they come as given.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Decides the orders and the validation split; the same seed gives the same bytes on every machine.
    /// </summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The share of rows held back, class by class, to measure each epoch on; 0 holds none back.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>When to stop before the last epoch; needs validation rows.</summary>
    public EarlyStopping? EarlyStopping { get; init; }
}

/// <summary>Ends training when the validation loss has stopped falling, and goes back to the best weights.</summary>
/// <param name="Patience">The epochs without a better validation loss that are waited for.</param>
/// <param name="MinimumDelta">How much smaller a loss must be to count as better.</param>
public sealed record EarlyStopping(int Patience = 10, double MinimumDelta = 0);
