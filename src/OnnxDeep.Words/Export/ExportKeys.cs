using System.Text;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>The keys of a table in the form that a line-based format can hold, and the number of changes.</summary>
internal sealed class ExportKeys
{
    private ExportKeys(List<(byte[] Text, int Row)> keys, int joined, int leftOut)
    {
        All = keys;
        Joined = joined;
        LeftOut = leftOut;
    }

    /// <summary>The UTF-8 and the row of each key, most common first.</summary>
    public IReadOnlyList<(byte[] Text, int Row)> All { get; }

    /// <summary>The number of keys whose blanks became underscores.</summary>
    public int Joined { get; }

    /// <summary>The number of keys that cannot be written on a line.</summary>
    public int LeftOut { get; }

    /// <summary>Selects the keys in advance, since the header of a text file contains their number.</summary>
    public static ExportKeys Select(WordVectorTable table, int? limit, bool joinsBlanks, CancellationToken stop)
    {
        var keys = new List<(byte[] Text, int Row)>();
        var joined = new HashSet<string>(StringComparer.Ordinal);
        int leftOut = 0;
        for (int i = 0; i < table.KeyCount && !(keys.Count >= limit); i++)
        {
            stop.ThrowIfCancellationRequested();
            string key = table.GetKey(i);
            bool hasBlank = key.AsSpan().IndexOfAny(' ', '\t') >= 0;
            string text = hasBlank && joinsBlanks ? Term.Join(key).Replace('\t', '_') : key;
            bool isTaken = hasBlank && joinsBlanks && (table.TryGetRow(text, out _) || !joined.Add(text));
            if (text.Length == 0 || text.AsSpan().IndexOfAny('\n', '\r') >= 0 || isTaken)
            {
                leftOut++;
                continue;
            }

            keys.Add((Encoding.UTF8.GetBytes(text), table.GetKeyRow(i)));
        }

        return new ExportKeys(keys, joined.Count, leftOut);
    }
}
