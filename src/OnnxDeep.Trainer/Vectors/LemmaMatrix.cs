using OnnxDeep.Numerics;
using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Builds a sparse matrix of the weighted features of lemmas, with one row per lemma.</summary>
internal static class LemmaMatrix
{
    /// <summary>
    /// Builds the features of each lemma's senses, weighted by rank; drops features that occur in only one row.
    /// </summary>
    public static SparseMatrix Build(
        IReadOnlyList<Lemma> lemmas,
        SynsetFeatures features,
        WordNetVectorOptions options,
        CancellationToken cancellationToken)
    {
        var cache = new Dictionary<int, KeyValuePair<int, double>[]>();
        var rows = new List<KeyValuePair<int, double>[]>(lemmas.Count);
        int[] occurrences = new int[features.Count];
        foreach (Lemma lemma in lemmas)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KeyValuePair<int, double>[] row = Row(lemma, features, options, cache);
            rows.Add(row);
            foreach ((int feature, _) in row)
            {
                occurrences[feature]++;
            }
        }

        int columns = 0;
        int[] columnOf = new int[features.Count];
        for (int feature = 0; feature < columnOf.Length; feature++)
        {
            columnOf[feature] = occurrences[feature] > 1 ? columns++ : -1;
        }

        int[] starts = new int[rows.Count + 1];
        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < rows.Count; i++)
        {
            foreach ((int feature, double weight) in rows[i])
            {
                if (columnOf[feature] >= 0)
                {
                    indices.Add(columnOf[feature]);
                    values.Add((float)weight);
                }
            }

            starts[i + 1] = indices.Count;
        }

        return new SparseMatrix(columns, starts, [.. indices], [.. values]);
    }

    private static KeyValuePair<int, double>[] Row(
        Lemma lemma,
        SynsetFeatures features,
        WordNetVectorOptions options,
        Dictionary<int, KeyValuePair<int, double>[]> cache)
    {
        var row = new Dictionary<int, double>();
        WordSense[] senses = lemma.OrderSenses();
        for (int rank = 0; rank < senses.Length; rank++)
        {
            Synset synset = senses[rank].Synset;
            if (!cache.TryGetValue(synset.Index, out KeyValuePair<int, double>[]? ofSynset))
            {
                cache.Add(synset.Index, ofSynset = features.Of(synset));
            }

            double share = DeterministicMath.Pow(1.0 / (1 + rank), options.SenseExponent);
            foreach ((int feature, double weight) in ofSynset)
            {
                row[feature] = row.GetValueOrDefault(feature) + (share * weight);
            }
        }

        return [.. row.OrderBy(pair => pair.Key)];
    }
}
