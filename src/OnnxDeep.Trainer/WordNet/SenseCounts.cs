namespace OnnxDeep.Trainer.WordNet;

/// <summary>Reads cntlist.rev (cntlist(5WN)): how often each sense occurs in tagged texts.</summary>
internal static class SenseCounts
{
    /// <summary>Returns the counts by lemma (with underscores), part of speech and sense number.</summary>
    public static Dictionary<(string Lemma, PartOfSpeech PartOfSpeech, int Number), int> Read(string directory)
    {
        const string Name = "cntlist.rev";
        var counts = new Dictionary<(string, PartOfSpeech, int), int>();
        string path = Path.Combine(directory, Name);
        foreach ((int number, string text) in WordNetFile.Lines(directory, Name))
        {
            var line = new WordNetLine(path, number, text);
            ReadOnlySpan<char> key = line.Field("a sense key");
            int percent = key.LastIndexOf('%');
            PartOfSpeech? partOfSpeech = percent < 0 ? null : key[(percent + 1)..] switch
            {
                ['1', ':', ..] => PartOfSpeech.Noun,
                ['2', ':', ..] => PartOfSpeech.Verb,
                ['3' or '5', ':', ..] => PartOfSpeech.Adjective,
                ['4', ':', ..] => PartOfSpeech.Adverb,
                _ => null,
            };
            if (partOfSpeech is not PartOfSpeech known)
            {
                throw line.Error("a sense key such as apple%1:13:00::");
            }

            int sense = line.Number("a sense number");
            counts[(key[..percent].ToString(), known, sense)] = line.Number("a tag count");
        }

        return counts;
    }
}
