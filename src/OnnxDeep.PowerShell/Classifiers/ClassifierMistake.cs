namespace OnnxDeep;

/// <summary>A test row that was classified wrongly.</summary>
/// <param name="Word">The word, or the number of the row.</param>
/// <param name="Truth">Its class.</param>
/// <param name="Label">What the network took it for.</param>
/// <param name="Probability">Of two classes that of the second one, of more that of the label.</param>
public sealed record ClassifierMistake(string Word, string Truth, string Label, float Probability);
