using System.Text;

namespace OnnxDeep.Trainer.WordNet;

/// <summary>The names of the database files and their lines.</summary>
internal static class WordNetFile
{
    /// <summary>The ending of the files of a part of speech.</summary>
    public static string Suffix(PartOfSpeech partOfSpeech) => partOfSpeech switch
    {
        PartOfSpeech.Noun => "noun",
        PartOfSpeech.Verb => "verb",
        PartOfSpeech.Adjective => "adj",
        _ => "adv",
    };

    /// <summary>Creates the error for a line that is not what wndb(5WN) specifies.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="expected">What should be there.</param>
    public static FileFormatException Damaged(string path, int line, string expected) => new(
        "WordNetDamaged",
        "WordNet file",
        path,
        $"is damaged in line {line}: expected {expected}. Install WordNet 3.0 again (Debian's package wordnet-base).")
    {
        Line = line,
        Expected = expected,
    };

    /// <summary>The numbered lines of a file, without the licence at its head, which is indented.</summary>
    /// <exception cref="FileFormatException">The directory has no such file.</exception>
    public static IEnumerable<(int Number, string Text)> Lines(string directory, string name)
    {
        StreamReader reader;
        try
        {
            reader = new StreamReader(Path.Combine(directory, name), Encoding.UTF8);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileFormatException(
                "WordNetFileMissing",
                "directory",
                directory,
                $"has no WordNet file '{name}'. Name the folder of the WordNet 3.0 database files: Debian's package "
                + "wordnet-base puts them in /usr/share/wordnet.",
                e);
        }

        using (reader)
        {
            int number = 0;
            while (reader.ReadLine() is string text)
            {
                number++;
                if (text.Length > 0 && text[0] != ' ')
                {
                    yield return (number, text);
                }
            }
        }
    }
}
