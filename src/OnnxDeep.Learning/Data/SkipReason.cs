namespace OnnxDeep.Learning.Data;

/// <summary>Why an example was left out.</summary>
public enum SkipReason
{
    /// <summary>The vectors do not know the word.</summary>
    Unknown,

    /// <summary>The same word stands in the list before, under the same label.</summary>
    Duplicate,

    /// <summary>The word stands under more than one label, and which is right only its author knows.</summary>
    SeveralLabels,

    /// <summary>The word is no text, or a number of the row is missing or none.</summary>
    Invalid,

    /// <summary>The row has no label.</summary>
    NoLabel,
}
