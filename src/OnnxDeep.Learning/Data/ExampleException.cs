namespace OnnxDeep.Learning.Data;

/// <summary>Examples that no classifier can be trained on.</summary>
public sealed class ExampleException : OnnxDeepException
{
    /// <summary>There are fewer than two classes.</summary>
    public const string OneClass = "OneClassOnly";

    /// <summary>A class has too few examples to train and test on.</summary>
    public const string TooFew = "TooFewExamples";

    /// <summary>None of the words has a vector.</summary>
    public const string NoKnownWord = "NoKnownWord";

    /// <summary>Rows have no numbers to learn from.</summary>
    public const string NoFeatures = "NoFeatures";

    /// <summary>A label that was asked for is none of the examples'.</summary>
    public const string LabelUnknown = "LabelUnknown";

    /// <summary>Makes the error.</summary>
    public ExampleException(string errorId, string message)
        : base(errorId, message)
    {
    }
}
