namespace OnnxDeep.Learning.Training;

/// <summary>What training makes small, as a mean over the rows of a batch.</summary>
public enum Loss
{
    /// <summary>-(y·ln p + (1-y)·ln(1-p)), from the logits of sigmoid outputs; mean over the outputs.</summary>
    BinaryCrossEntropy,

    /// <summary>-Σ y·ln p, from the logits of softmax outputs.</summary>
    CategoricalCrossEntropy,

    /// <summary>(y - ŷ)², mean over the outputs.</summary>
    MeanSquaredError,

    /// <summary>½(y - ŷ)², summed over the outputs: the notebook's, whose derivative is ŷ - y.</summary>
    HalfSquaredError,
}
