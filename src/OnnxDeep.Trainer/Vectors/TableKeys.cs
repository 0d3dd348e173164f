using System.Numerics;
using System.Text;
using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// The keys and rows of a table: lemmas with the same senses share a row, and so do all spellings of a lemma.
/// </summary>
internal sealed class TableKeys
{
    private const long HeaderAllowance = 8192;
    private const int LongestJoined = 13;
    private readonly Dictionary<string, int> _rowOfSenses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);
    private long _keyBytes;

    private TableKeys()
    {
    }

    /// <summary>The first lemma of each row.</summary>
    public List<Lemma> Rows { get; } = [];

    /// <summary>The keys, common lemmas first, each followed by its other spellings and forms.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>The row of each key.</summary>
    public List<int> KeyRows { get; } = [];

    /// <summary>Selects the most common lemmas that fit into the file.</summary>
    public static TableKeys Select(
        IReadOnlyList<Lemma> commonestFirst, InflectedForms forms, int dimensions, long maximumBytes)
    {
        Lemma[] candidates =
            [.. commonestFirst.Where(lemma => KeepsItsRow(lemma, forms)).Select(forms.WithBaseSenses)];
        int fits = 0;
        int tooMany = candidates.Length + 1;
        while (tooMany - fits > 1)
        {
            int middle = fits + ((tooMany - fits) / 2);
            if (Take(candidates.AsSpan(0, middle), forms).ByteCount(dimensions) <= maximumBytes)
            {
                fits = middle;
            }
            else
            {
                tooMany = middle;
            }
        }

        return Take(candidates.AsSpan(0, fits), forms);
    }

    // In WordNet, "ate" is a Greek goddess and "does" is the plural of an American ministry.
    private static bool KeepsItsRow(Lemma lemma, InflectedForms forms) =>
        !forms.Contains(lemma.Text) || lemma.TagCount > 0 || lemma.Senses.Any(sense => !lemma.IsProper(sense));

    private static TableKeys Take(ReadOnlySpan<Lemma> lemmas, InflectedForms forms)
    {
        var keys = new TableKeys();
        foreach (Lemma lemma in lemmas)
        {
            keys._known.Add(lemma.Text);
        }

        Dictionary<string, Lemma> collocations = Collocations(lemmas);
        foreach (Lemma lemma in lemmas)
        {
            int row = keys.Row(lemma);
            if (collocations.TryGetValue(lemma.Text, out Lemma? apart)
                && Senses(apart) == Senses(lemma))
            {
                keys.AddLemma(apart.Text, row);
            }

            keys.AddLemma(lemma.Text, row);
            foreach (string form in forms.Of(lemma).Where(keys._known.Add))
            {
                keys.Add(form, row);
            }

            foreach (string spelling in Spellings(lemma.Text))
            {
                if (!forms.Contains(spelling) && keys._known.Add(spelling))
                {
                    keys.Add(spelling, row);
                }
            }
        }

        return keys;
    }

    // By spelling without spaces: ice cream precedes icecream if both have the same meaning.
    private static Dictionary<string, Lemma> Collocations(ReadOnlySpan<Lemma> lemmas)
    {
        var collocations = new Dictionary<string, Lemma>(StringComparer.Ordinal);
        foreach (Lemma lemma in lemmas)
        {
            if (lemma.Text.Contains(' '))
            {
                collocations.TryAdd(lemma.Text.Replace(" ", string.Empty, StringComparison.Ordinal), lemma);
            }
        }

        return collocations;
    }

    // Long collocations are never written as one word.
    private static IEnumerable<string> Spellings(string lemma)
    {
        if (lemma.Contains('-'))
        {
            yield return lemma.Replace('-', ' ');
            yield return lemma.Replace("-", string.Empty, StringComparison.Ordinal);
        }
        else if (lemma.Length <= LongestJoined && lemma.Count(letter => letter == ' ') == 1)
        {
            yield return lemma.Replace(" ", string.Empty, StringComparison.Ordinal);
        }
    }

    private static string Senses(Lemma lemma) =>
        string.Join(' ', lemma.OrderSenses().Select(sense => sense.Synset.Index));

    private int Row(Lemma lemma)
    {
        string senses = Senses(lemma);
        if (!_rowOfSenses.TryGetValue(senses, out int row))
        {
            row = Rows.Count;
            _rowOfSenses.Add(senses, row);
            Rows.Add(lemma);
        }

        return row;
    }

    private void AddLemma(string key, int row)
    {
        if (_added.Add(key))
        {
            Add(key, row);
        }
    }

    private void Add(string key, int row)
    {
        Keys.Add(key);
        KeyRows.Add(row);
        _keyBytes += Encoding.UTF8.GetByteCount(key);
    }

    // The sizes of the tensors of WordVectorTableWriter: a byte per number; a scale and a norm per row; an offset, a
    // row and the text per key; and the slots of the index.
    private long ByteCount(int dimensions) => HeaderAllowance
        + (Rows.Count * (dimensions + (2L * sizeof(float))))
        + _keyBytes
        + (Keys.Count * 2L * sizeof(uint))
        + (sizeof(uint) * (long)BitOperations.RoundUpToPowerOf2((uint)((Keys.Count * 4L / 3) + 1)));
}
