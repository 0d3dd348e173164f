namespace OnnxDeep.Trainer.WordNet;

/// <summary>A WordNet directory that lacks one of the database files.</summary>
public sealed class WordNetFileMissingException : OnnxDeepException
{
    /// <summary>Makes the error for one file of one directory.</summary>
    public WordNetFileMissingException(string directory, string fileName, Exception? innerException = null)
        : base(
            "WordNetFileMissing",
            $"The directory '{directory}' has no WordNet file '{fileName}'. Name the folder of the WordNet 3.0 "
            + "database files: Debian's package wordnet-base puts them in /usr/share/wordnet.",
            innerException)
    {
        Directory = directory;
        FileName = fileName;
    }

    /// <summary>The directory that was given.</summary>
    public string Directory { get; }

    /// <summary>The file that it lacks.</summary>
    public string FileName { get; }
}
