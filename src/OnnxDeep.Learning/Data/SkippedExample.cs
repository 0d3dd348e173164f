namespace OnnxDeep.Learning.Data;

/// <summary>An example that no network was trained on.</summary>
/// <param name="Example">The word, or what tells the row.</param>
/// <param name="Label">Its class as given; of a word under several labels all of them.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The reason in words.</param>
public sealed record SkippedExample(string Example, string Label, SkipReason Reason, string Detail)
{
    /// <summary>The same as <see cref="Example"/>, as lists of words call it.</summary>
    public string Word => Example;
}
