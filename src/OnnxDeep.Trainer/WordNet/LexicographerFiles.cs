namespace OnnxDeep.Trainer.WordNet;

/// <summary>The numbers of the lexicographer files that are told apart here (lexnames(5WN)).</summary>
internal static class LexicographerFiles
{
    public const int Animal = 5;
    public const int Artifact = 6;
    public const int Body = 8;
    public const int Food = 13;
    public const int Person = 18;
    public const int Plant = 20;
    public const int Substance = 27;

    /// <summary>How many files there are.</summary>
    public const int Count = 45;
}
