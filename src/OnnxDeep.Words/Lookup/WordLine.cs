namespace OnnxDeep.Words.Lookup;

/// <summary>A line of a word file that is not blank.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">The line; of one that is too long only the beginning, still too long.</param>
/// <param name="FileOffset">How many bytes of the file had been read, for a progress bar.</param>
public readonly record struct WordLine(long Number, string Text, long FileOffset);
