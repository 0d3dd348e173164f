using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Maps inflected forms to their lemmas.</summary>
internal sealed class InflectedForms
{
    // The count of a lemma includes all of its forms, and the base form accounts for most of it.
    private const int TagsAForm = 8;

    private readonly Dictionary<string, List<(Lemma Lemma, PartOfSpeech PartOfSpeech)>> _owners =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<string>> _forms = new(StringComparer.Ordinal);

    /// <summary>
    /// Creates the mapping. A form of several lemmas belongs to an irregular one first (knives), then to the most
    /// common.
    /// </summary>
    /// <param name="inflector">Creates the forms.</param>
    /// <param name="lemmas">The lemmas, most common first.</param>
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

    /// <summary>Returns the forms that belong to a lemma.</summary>
    public IReadOnlyList<string> Of(Lemma lemma) => _forms.GetValueOrDefault(lemma.Text) ?? [];

    /// <summary>Returns whether the text is a form of any lemma.</summary>
    public bool Contains(string text) => _owners.ContainsKey(text);

    /// <summary>
    /// Adds the senses of all lemmas that this lemma is a form of, as a look-up in WordNet returns both: peanuts, the
    /// small sum, also has the senses of peanut. Names, and texts that are not forms, stay unchanged.
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

    // Plurals of names are not worth a key.
    private static IEnumerable<PartOfSpeech> PartsOfSpeech(Lemma lemma) => lemma.Senses
        .Where(sense => !lemma.IsProper(sense))
        .Select(sense => sense.Synset.Id.PartOfSpeech)
        .Distinct();

    // No regular forms of rare verbs (to car), and comparatives only of short, common adjectives.
    private static bool IsUsedAs(Lemma lemma, PartOfSpeech partOfSpeech)
    {
        bool first = lemma.OrderSenses()[0].Synset.Id.PartOfSpeech == partOfSpeech;
        bool tagged = lemma.Senses.Any(sense => sense.Synset.Id.PartOfSpeech == partOfSpeech && sense.TagCount > 0);
        return partOfSpeech switch
        {
            PartOfSpeech.Noun => true,
            PartOfSpeech.Adjective => first && tagged && Inflector.VowelGroups(lemma.Text) == 1,
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
