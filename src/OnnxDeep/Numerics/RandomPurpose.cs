namespace OnnxDeep.Numerics;

/// <summary>What random numbers of one seed are drawn for; each purpose has a stream of its own.</summary>
public enum RandomPurpose
{
    /// <summary>Initial weights.</summary>
    Weights,

    /// <summary>Made-up data.</summary>
    Data,

    /// <summary>The rows that are held back to test.</summary>
    TestSplit,

    /// <summary>The rows that are held back to validate.</summary>
    ValidationSplit,

    /// <summary>The order of the rows in each epoch.</summary>
    Shuffle,
}
