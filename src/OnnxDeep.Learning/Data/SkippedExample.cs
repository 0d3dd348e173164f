namespace OnnxDeep.Learning.Data;

/// <summary>An example that is not used for training or testing.</summary>
/// <param name="Example">The word, or the name of the row.</param>
/// <param name="Label">Its label as given; all labels if a word has several.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The reason as a sentence.</param>
public sealed record SkippedExample(string Example, string Label, SkipReason Reason, string Detail)
{
    /// <summary>The same as <see cref="Example"/>, with its name in lists of words.</summary>
    public string Word => Example;

    /// <summary>The example and the reason.</summary>
    public override string ToString() => $"{ShownText.Value(Example)}: {Reason}";
}

/// <summary>Why an example was skipped.</summary>
public enum SkipReason
{
    /// <summary>The vectors do not contain the word.</summary>
    Unknown,

    /// <summary>The list already has the word with the same label.</summary>
    Duplicate,

    /// <summary>The list has the word with different labels, so its class is ambiguous.</summary>
    SeveralLabels,

    /// <summary>The word is not text, or a number of the row is missing or invalid.</summary>
    Invalid,

    /// <summary>The row has no label.</summary>
    NoLabel,
}
