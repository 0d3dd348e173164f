namespace OnnxDeep.Trainer.WordNet;

/// <summary>Reads noun.exc, verb.exc, adj.exc and adv.exc: an irregular form, then its base forms.</summary>
internal static class ExceptionFile
{
    /// <summary>Returns the pairs of form and base in the order of the file, with spaces for underscores.</summary>
    public static IReadOnlyList<(string Form, string Base)> Read(string directory, PartOfSpeech partOfSpeech)
    {
        string name = $"{WordNetFile.Suffix(partOfSpeech)}.exc";
        string path = Path.Combine(directory, name);
        var pairs = new List<(string, string)>();
        foreach ((int number, string text) in WordNetFile.Lines(directory, name))
        {
            var line = new WordNetLine(path, number, text);
            string form = line.Field("an inflected form").ToString().Replace('_', ' ');
            do
            {
                pairs.Add((form, line.Field("a base form").ToString().Replace('_', ' ')));
            }
            while (!line.IsEnd);
        }

        return pairs;
    }
}
