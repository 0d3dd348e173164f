namespace OnnxDeep.Learning.Training;

/// <summary>The options of a training. The defaults are those of Keras, which has no default seed.</summary>
public sealed record TrainingOptions
{
    /// <summary>The largest number of passes over the data.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The number of rows in a batch; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The loss to minimize.</summary>
    public Loss Loss { get; init; } = Loss.BinaryCrossEntropy;

    /// <summary>The rule that turns gradients into steps.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>Whether each epoch has a new order of rows; otherwise their order is that of the data.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// The seed of the orders and of the validation split; the same seed gives the same bytes on every machine.
    /// </summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>
    /// The share of rows, from 0 to below 1, kept for validation with the proportions of the classes; 0 for none.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// Whether the loss of each row is multiplied by n / (k·n_c), for n training rows of k classes of which n_c are of
    /// the row's class. Rare classes are then found more often, and probabilities are not frequencies.
    /// </summary>
    public bool BalancesClasses { get; init; }

    /// <summary>When to stop before the last epoch; null for never. Needs a validation fraction above 0.</summary>
    public EarlyStopping? EarlyStopping { get; init; }
}

/// <summary>Ends the training when the validation loss stops falling, and restores the best weights.</summary>
/// <param name="Patience">The number of epochs without a better validation loss before the training ends.</param>
/// <param name="MinimumDelta">How much smaller a loss must be to be better.</param>
public sealed record EarlyStopping(int Patience = 10, double MinimumDelta = 0);
