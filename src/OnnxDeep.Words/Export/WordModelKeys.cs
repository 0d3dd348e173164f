using System.Globalization;
using System.Text;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>The texts that a word model knows, with their rows.</summary>
internal sealed class WordModelKeys
{
    private const int KeysBetweenChecks = 4096;

    // Protobuf limits a message to 2 GiB; names, shapes and the other layers need a little of that.
    private const long MostBytes = int.MaxValue - (64 << 20);
    private const int MostBytesAroundKey = 12;

    private readonly List<string> _texts = [];
    private readonly List<long> _numbers = [];
    private readonly List<int> _tableRows = [];
    private readonly Dictionary<int, long> _rowNumbers = [];

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
        HashSet<string> known = keys.AddKeys(table, limit, _ => true, cancellationToken);

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
                    keys.Add(spelling, row);
                }
            }

            if (i % KeysBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return keys;
    }

    /// <summary>Collects the keys of a table that are words of a normalised free text.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static WordModelKeys CollectWords(WordVectorTable table, CancellationToken cancellationToken)
    {
        var keys = new WordModelKeys();
        keys.AddKeys(
            table,
            limit: null,
            key => !key.Contains(' ') && TextVectorizer.Normalize(key) == key,
            cancellationToken);
        return keys;
    }

    /// <summary>Checks that the words fit into an ONNX file.</summary>
    /// <param name="table">The table that they are from.</param>
    /// <param name="units">The number of numbers that the file has for each row of the table.</param>
    /// <exception cref="OnnxDeepException">There are no words, or too many.</exception>
    public void CheckSize(WordVectorTable table, int units)
    {
        if (KeyCount == 0)
        {
            throw new OnnxDeepException(
                ErrorIds.VectorsHaveNoKeys,
                $"The vectors '{table.Path}' have no words, only character n-grams, "
                + "but a word model needs words. Use other vectors.");
        }

        // A character takes at most three bytes of UTF-8.
        long bytes = _texts.Sum(text => (3L * text.Length) + MostBytesAroundKey)
            + ((_tableRows.Count + 1L) * units * sizeof(float));
        if (bytes > MostBytes)
        {
            throw new OnnxDeepException(
                ErrorIds.WordModelTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A model of {KeyCount:N0} words with {units:N0} numbers each "
                    + $"may have {bytes:N0} bytes, more than the {MostBytes:N0} that fit into an ONNX file. "
                    + $"Keep only the most common words."));
        }
    }

    // Returns the texts that were added. A key of which the table only knows the hash has no text.
    private HashSet<string> AddKeys(
        WordVectorTable table, int? limit, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < table.KeyCount && KeyCount < (limit ?? int.MaxValue); i++)
        {
            string key = table.GetKey(i);
            int row = table.GetKeyRow(i);
            if (key.Length > 0 && isWanted(key) && known.Add(key))
            {
                Add(key, row);
                KeyCount++;
            }

            if (i % KeysBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return known;
    }

    private void Add(string text, int row)
    {
        if (!_rowNumbers.TryGetValue(row, out long number))
        {
            _tableRows.Add(row);
            number = _tableRows.Count;
            _rowNumbers[row] = number;
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
