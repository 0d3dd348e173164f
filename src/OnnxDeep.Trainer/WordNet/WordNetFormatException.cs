namespace OnnxDeep.Trainer.WordNet;

/// <summary>A line of a WordNet file that is not what wndb(5WN) promises.</summary>
public sealed class WordNetFormatException : OnnxDeepException
{
    /// <summary>Makes the error for one line of one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">From 1 on.</param>
    /// <param name="expected">What should have stood there.</param>
    public WordNetFormatException(string path, int line, string expected)
        : base(
            "WordNetDamaged",
            $"The WordNet file '{path}' is damaged in line {line}: expected {expected}. Install WordNet 3.0 again "
            + "(Debian's package wordnet-base).")
    {
        Path = path;
        Line = line;
        Expected = expected;
    }

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>The line, from 1 on.</summary>
    public int Line { get; }

    /// <summary>What should have stood there.</summary>
    public string Expected { get; }
}
