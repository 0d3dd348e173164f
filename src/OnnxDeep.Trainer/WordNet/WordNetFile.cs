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

    /// <summary>The numbered lines of a file, without the licence at its head, which is indented.</summary>
    /// <exception cref="WordNetFileMissingException">The directory has no such file.</exception>
    public static IEnumerable<(int Number, string Text)> Lines(string directory, string name)
    {
        StreamReader reader;
        try
        {
            reader = new StreamReader(Path.Combine(directory, name), Encoding.UTF8);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WordNetFileMissingException(directory, name, e);
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
