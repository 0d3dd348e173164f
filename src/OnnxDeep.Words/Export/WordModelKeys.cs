using System.Text;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>The texts that a word model knows, with their rows.</summary>
internal sealed class WordModelKeys
{
    private const int KeysBetweenChecks = 4096;

    private readonly List<string> _texts = [];
    private readonly List<long> _numbers = [];
    private readonly List<int> _tableRows = [];

    private WordModelKeys()
    {
    }

    /// <summary>The keys of the table, most common first, followed by their other spellings.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The row number in the model for each text, from 1: row 0 is for unknown words.</summary>
    public IReadOnlyList<long> Numbers => _numbers;

    /// <summary>The rows of the table that the texts refer to, in the order of their numbers.</summary>
    public IReadOnlyList<int> TableRows => _tableRows;

    /// <summary>The number of texts that are keys of the table.</summary>
    public int KeyCount { get; private set; }

    /// <summary>Collects the most common keys of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="limit">The maximum number of keys; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static WordModelKeys Collect(WordVectorTable table, int? limit, CancellationToken cancellationToken)
    {
        var keys = new WordModelKeys();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new Dictionary<int, long>();
        for (int i = 0; i < table.KeyCount && keys.KeyCount < (limit ?? int.MaxValue); i++)
        {
            // A key of which the table only knows the hash has no text.
            string key = table.GetKey(i);
            int row = table.GetKeyRow(i);
            if (key.Length > 0 && known.Add(key))
            {
                keys.Add(key, row, numbers);
                keys.KeyCount++;
            }

            if (i % KeysBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        // A spelling is included if the table's own rules lead from it to the same row.
        var vectorizer = new TermVectorizer(table);
        for (int i = 0; i < keys.KeyCount; i++)
        {
            int row = keys._tableRows[(int)keys._numbers[i] - 1];
            foreach (string spelling in Spellings(keys._texts[i]))
            {
                if (!known.Contains(spelling) && vectorizer.TryGetRow(spelling, out int found) && found == row)
                {
                    known.Add(spelling);
                    keys.Add(spelling, row, numbers);
                }
            }

            if (i % KeysBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return keys;
    }

    private void Add(string text, int row, Dictionary<int, long> numbers)
    {
        if (!numbers.TryGetValue(row, out long number))
        {
            _tableRows.Add(row);
            number = _tableRows.Count;
            numbers[row] = number;
        }

        _texts.Add(text);
        _numbers.Add(number);
    }

    // The spellings that may lead to the key; only a lookup in the table shows whether they do.
    private static IEnumerable<string> Spellings(string key)
    {
        bool isAscii = Ascii.IsValid(key);
        foreach (string spelling in Separations(key))
        {
            if (spelling != key)
            {
                yield return spelling;
            }

            if (!isAscii)
            {
                yield return Raise(spelling, onlyInitials: true);
                yield return Raise(spelling, onlyInitials: false);
            }
        }
    }

    private static string[] Separations(string key)
    {
        if (!key.AsSpan().ContainsAny(' ', '_'))
        {
            return [key];
        }

        string separated = Term.Separate(key);
        return [key, separated, separated.Replace(' ', '-'), Term.Join(separated)];
    }

    // Upper case for letters that the graph does not fold; A to Z are folded before the lookup.
    private static string Raise(string text, bool onlyInitials)
    {
        char[] raised = text.ToCharArray();
        for (int i = 0; i < raised.Length; i++)
        {
            bool isInitial = i == 0 || !char.IsLetter(text[i - 1]);
            if (!char.IsAscii(raised[i]) && (isInitial || !onlyInitials))
            {
                raised[i] = char.ToUpperInvariant(raised[i]);
            }
        }

        return new string(raised);
    }
}
