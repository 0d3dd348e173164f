using OnnxDeep.WordNet;

namespace OnnxDeep.WordVectors.Building;

/// <summary>Which lemma each inflected form belongs to.</summary>
internal sealed class InflectedForms
{
    private readonly Dictionary<string, Lemma> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _forms = new(StringComparer.Ordinal);

    /// <summary>A form of several lemmas goes to an irregular owner first (knives), then to the commonest.</summary>
    /// <param name="inflector">Makes the forms.</param>
    /// <param name="lemmas">The commonest first.</param>
    public InflectedForms(Inflector inflector, IReadOnlyList<Lemma> lemmas)
    {
        foreach (Lemma lemma in lemmas)
        {
            foreach (PartOfSpeech partOfSpeech in PartsOfSpeech(lemma))
            {
                Add(lemma, inflector.Irregular(lemma.Text, partOfSpeech));
            }
        }

        foreach (Lemma lemma in lemmas)
        {
            foreach (PartOfSpeech partOfSpeech in PartsOfSpeech(lemma))
            {
                if (IsUsedAs(lemma, partOfSpeech))
                {
                    Add(lemma, inflector.Regular(lemma.Text, partOfSpeech));
                }
            }
        }
    }

    /// <summary>The forms that belong to a lemma.</summary>
    public IReadOnlyList<string> Of(Lemma lemma) => _forms.GetValueOrDefault(lemma.Text) ?? [];

    /// <summary>Whether the text is a form of some lemma.</summary>
    public bool Contains(string text) => _owners.ContainsKey(text);

    // Names have no plurals worth a key.
    private static IEnumerable<PartOfSpeech> PartsOfSpeech(Lemma lemma) => lemma.Senses
        .Where(sense => !lemma.IsProper(sense.Synset))
        .Select(sense => sense.Synset.Id.PartOfSpeech)
        .Distinct();

    // No regular forms of a verb that is hardly ever met (to car), and comparatives of short, common adjectives alone.
    private static bool IsUsedAs(Lemma lemma, PartOfSpeech partOfSpeech)
    {
        bool first = SenseRanking.Order(lemma)[0].Synset.Id.PartOfSpeech == partOfSpeech;
        bool tagged = lemma.Senses.Any(sense => sense.Synset.Id.PartOfSpeech == partOfSpeech && sense.TagCount > 0);
        return partOfSpeech switch
        {
            PartOfSpeech.Noun => true,
            PartOfSpeech.Adjective => first && tagged && RegularForms.VowelGroups(lemma.Text) == 1,
            _ => first || tagged,
        };
    }

    private void Add(Lemma lemma, IReadOnlyList<string> forms)
    {
        foreach (string form in forms)
        {
            if (form != lemma.Text && _owners.TryAdd(form, lemma))
            {
                if (!_forms.TryGetValue(lemma.Text, out List<string>? own))
                {
                    _forms.Add(lemma.Text, own = []);
                }

                own.Add(form);
            }
        }
    }
}
