using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Which lemmas each inflected form belongs to.</summary>
internal sealed class InflectedForms
{
    // The counts of a lemma are those of all its forms together, and of them the plain form takes most.
    private const int TagsAForm = 8;

    private readonly Dictionary<string, List<(Lemma Lemma, PartOfSpeech PartOfSpeech)>> _owners =
        new(StringComparer.Ordinal);

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
                Add(lemma, partOfSpeech, inflector.Irregular(lemma.Text, partOfSpeech));
            }
        }

        foreach (Lemma lemma in lemmas)
        {
            foreach (PartOfSpeech partOfSpeech in PartsOfSpeech(lemma))
            {
                if (IsUsedAs(lemma, partOfSpeech))
                {
                    Add(lemma, partOfSpeech, inflector.Regular(lemma.Text, partOfSpeech));
                }
            }
        }
    }

    /// <summary>The forms that belong to a lemma.</summary>
    public IReadOnlyList<string> Of(Lemma lemma) => _forms.GetValueOrDefault(lemma.Text) ?? [];

    /// <summary>Whether the text is a form of some lemma.</summary>
    public bool Contains(string text) => _owners.ContainsKey(text);

    /// <summary>
    /// The lemma with the senses of those lemmas that it is a form of, as a look-up in WordNet gives both: peanuts, the
    /// small sum, has the senses of peanut too. Names and forms alone of a lemma are left as they are.
    /// </summary>
    public Lemma WithBaseSenses(Lemma lemma)
    {
        if (!_owners.TryGetValue(lemma.Text, out List<(Lemma Lemma, PartOfSpeech PartOfSpeech)>? owners)
            || lemma.Senses.All(sense => lemma.IsProper(sense)))
        {
            return lemma;
        }

        IEnumerable<WordSense> inherited = owners
            .SelectMany(owner => owner.Lemma.Senses.Where(sense =>
                sense.Synset.Id.PartOfSpeech == owner.PartOfSpeech && !owner.Lemma.IsProper(sense)))
            .Select(sense => sense with { TagCount = sense.TagCount / TagsAForm, IsInherited = true });
        return lemma with
        {
            Senses = [.. lemma.Senses.Concat(inherited).DistinctBy(sense => sense.Synset.Index)],
        };
    }

    // Names have no plurals worth a key.
    private static IEnumerable<PartOfSpeech> PartsOfSpeech(Lemma lemma) => lemma.Senses
        .Where(sense => !lemma.IsProper(sense))
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

    private void Add(Lemma lemma, PartOfSpeech partOfSpeech, IReadOnlyList<string> forms)
    {
        foreach (string form in forms.Where(form => form != lemma.Text))
        {
            if (_owners.TryGetValue(form, out List<(Lemma, PartOfSpeech)>? owners))
            {
                owners.Add((lemma, partOfSpeech));
            }
            else
            {
                _owners.Add(form, [(lemma, partOfSpeech)]);
                if (!_forms.TryGetValue(lemma.Text, out List<string>? own))
                {
                    _forms.Add(lemma.Text, own = []);
                }

                own.Add(form);
            }
        }
    }
}
