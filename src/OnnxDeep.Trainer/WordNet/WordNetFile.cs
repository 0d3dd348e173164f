using System.Text;

namespace OnnxDeep.Trainer.WordNet;

/// <summary>Names the database files and reads their lines.</summary>
internal static class WordNetFile
{
    /// <summary>Returns the file name suffix of a part of speech.</summary>
    public static string Suffix(PartOfSpeech partOfSpeech) => partOfSpeech switch
    {
        PartOfSpeech.Noun => "noun",
        PartOfSpeech.Verb => "verb",
        PartOfSpeech.Adjective => "adj",
        _ => "adv",
    };

    /// <summary>Creates the error for a line that does not conform to wndb(5WN).</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="line">The line number, from 1.</param>
    /// <param name="expected">The expected content.</param>
    public static FileFormatException Damaged(string path, int line, string expected) => new(
        "WordNetDamaged",
        "WordNet file",
        path,
        $"is damaged in line {line}: expected {expected}. Reinstall WordNet 3.0 (Debian's package wordnet-base).")
    {
        Line = line,
        Expected = expected,
    };

    /// <summary>Returns the numbered lines of a file, without the licence at its start, which is indented.</summary>
    /// <exception cref="FileFormatException">The directory does not contain the file.</exception>
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
                $"has no WordNet file '{name}'. Specify the folder of the WordNet 3.0 database files; Debian's package "
                + "wordnet-base installs them in /usr/share/wordnet.",
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
