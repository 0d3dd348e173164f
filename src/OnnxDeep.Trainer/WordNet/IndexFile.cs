namespace OnnxDeep.Trainer.WordNet;

/// <summary>
/// Reads index.noun, index.verb, index.adj and index.adv (wndb(5WN)), which have a lemma and its synsets on each line.
/// </summary>
internal static class IndexFile
{
    /// <summary>Adds the senses of a file's lemmas, most common first.</summary>
    public static void Read(
        string directory,
        PartOfSpeech partOfSpeech,
        IReadOnlyDictionary<SynsetId, Synset> synsets,
        IReadOnlyDictionary<(string Lemma, PartOfSpeech PartOfSpeech, int Number), int> counts,
        SortedDictionary<string, List<WordSense>> lemmas)
    {
        string name = $"index.{WordNetFile.Suffix(partOfSpeech)}";
        string path = Path.Combine(directory, name);
        foreach ((int number, string text) in WordNetFile.Lines(directory, name))
        {
            var line = new WordNetLine(path, number, text);
            string lemma = line.Field("a lemma").ToString();
            line.PartOfSpeech();
            int synsetCount = line.Number("a synset count");
            for (int pointers = line.Number("a pointer count"); pointers > 0; pointers--)
            {
                line.Field("a pointer symbol");
            }

            line.Number("a sense count");
            line.Number("a count of tagged senses");
            string key = lemma.Replace('_', ' ');
            if (!lemmas.TryGetValue(key, out List<WordSense>? senses))
            {
                lemmas.Add(key, senses = []);
            }

            for (int sense = 1; sense <= synsetCount; sense++)
            {
                var id = new SynsetId(partOfSpeech, line.Number("a synset offset"));
                Synset synset = synsets.GetValueOrDefault(id)
                    ?? throw line.Error(
                        $"the offset of a synset in data.{WordNetFile.Suffix(partOfSpeech)}, found {id.Offset}");
                senses.Add(new WordSense(synset, sense, counts.GetValueOrDefault((lemma, partOfSpeech, sense))));
            }
        }
    }
}
