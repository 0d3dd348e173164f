namespace OnnxDeep.Words.Lookup;

/// <summary>Finds known words that are spelt like an unknown one.</summary>
/// <param name="keys">The known words, most common first; phrases are ignored.</param>
internal sealed class SpellingSuggester(IEnumerable<string> keys)
{
    private const int MostSuggestions = 3;
    private const int ShortestWord = 4;
    private const int ShortestWithTwoEdits = 6;

    private readonly string[] _keys = [.. keys.Where(key => key.Length >= ShortestWord - 1 && !IsPhrase(key))];
    private readonly Dictionary<string, string[]> _found = new(StringComparer.Ordinal);

    /// <summary>
    /// The words with the fewest edits, at most one in words of four or five letters and two in longer ones; of equal
    /// ones, first those with the same first letter, then the more common.
    /// </summary>
    /// <param name="word">The unknown word.</param>
    public IReadOnlyList<string> Suggest(string word)
    {
        string lower = word.ToLowerInvariant();
        if (!_found.TryGetValue(lower, out string[]? found))
        {
            found = Find(lower);
            _found[lower] = found;
        }

        return found;
    }

    private static bool IsPhrase(string key) => key.AsSpan().ContainsAny(' ', '_');

    private string[] Find(string word)
    {
        int most = word.Length < ShortestWord ? 0 : word.Length < ShortestWithTwoEdits ? 1 : 2;
        var near = new List<(string Key, int Edits, bool StartsAlike, int Place)>();
        for (int i = 0; most > 0 && i < _keys.Length; i++)
        {
            string key = _keys[i];
            if (Math.Abs(key.Length - word.Length) > most)
            {
                continue;
            }

            int edits = EditDistance.Count(word, key.ToLowerInvariant(), most);
            if (edits <= most && edits > 0)
            {
                near.Add((key, edits, char.ToLowerInvariant(key[0]) == word[0], i));
            }
        }

        return
        [
            .. near.OrderBy(found => found.Edits)
                .ThenByDescending(found => found.StartsAlike)
                .ThenBy(found => found.Place)
                .Select(found => found.Key)
                .Take(MostSuggestions),
        ];
    }
}
