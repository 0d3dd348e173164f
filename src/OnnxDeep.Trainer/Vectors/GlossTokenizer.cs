using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Splits a gloss into lemmas, without words that contribute nothing to the meaning.</summary>
internal sealed class GlossTokenizer(Morphology morphology)
{
    private static readonly HashSet<string> s_stopWords = new(
        ("a about after all also an and another any are as at be been being but by can could did do does etc "
        + "especially for from had has have he her his i if in into is it its may more most must no not of off "
        + "on one or other out over own she some something somebody someone such than that the their them they "
        + "this those to up used usually very was we were when where which who whose will with without you your")
            .Split(' '),
        StringComparer.Ordinal);

    private readonly Dictionary<string, string?> _lemmas = new(StringComparer.Ordinal);

    /// <summary>Returns the lemmas of the words in <paramref name="gloss"/>, in order, with repetitions.</summary>
    public IEnumerable<string> Lemmas(string gloss) => Words(gloss).Select(Lemma).OfType<string>();

    /// <summary>Returns the two-word lemmas in <paramref name="gloss"/>, such as ice cream.</summary>
    public IEnumerable<string> Collocations(string gloss)
    {
        string? previous = null;
        foreach (string word in Words(gloss))
        {
            if (previous is not null && !s_stopWords.Contains(word) && !s_stopWords.Contains(previous)
                && morphology.BaseForm($"{previous} {word}") is Lemma lemma)
            {
                yield return lemma.Text;
            }

            previous = word;
        }
    }

    private static IEnumerable<string> Words(string gloss)
    {
        int start = 0;
        while (start < gloss.Length)
        {
            if (!char.IsAsciiLetter(gloss[start]))
            {
                start++;
                continue;
            }

            int end = start + 1;
            while (end < gloss.Length && (char.IsAsciiLetter(gloss[end]) || IsJoint(gloss, end)))
            {
                end++;
            }

            yield return gloss[start..end].ToLowerInvariant();
            start = end;
        }
    }

    private static bool IsJoint(string gloss, int index) =>
        gloss[index] == '-' && index + 1 < gloss.Length && char.IsAsciiLetter(gloss[index + 1]);

    private string? Lemma(string word)
    {
        if (!_lemmas.TryGetValue(word, out string? lemma))
        {
            lemma = word.Length == 1 || s_stopWords.Contains(word) ? null : morphology.BaseForm(word)?.Text;
            _lemmas.Add(word, lemma);
        }

        return lemma;
    }
}
