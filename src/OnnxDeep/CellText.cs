using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;

namespace OnnxDeep;

/// <summary>
/// The text of collections in a cell of a CSV file, where .NET writes the name of the type: numbers have blanks between
/// them, rows and other items semicolons, in the invariant culture and without loss of precision.
/// </summary>
internal static class CellText
{
    /// <summary>A list whose text is that of its items.</summary>
    public static ShownList<T> List<T>(IReadOnlyList<T> items) =>
        items as ShownList<T> ?? new ShownList<T>(items as IList<T> ?? [.. items]);

    /// <summary>A dictionary whose text is that of its entries.</summary>
    public static ShownDictionary<T> Dictionary<T>(IReadOnlyDictionary<string, T> entries) =>
        entries as ShownDictionary<T> ?? new ShownDictionary<T>(entries);

    /// <summary>The text of a value: <c>0.5 2</c>, <c>food; not food</c>, <c>1 2; 3 4</c> or <c>a=1; b=2</c>.</summary>
    public static string Of(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        Array { Rank: 2 } matrix => string.Join("; ", Rows(matrix).Select(Of)),
        IDictionary entries => string.Join("; ", entries.Cast<object>().Select(Entry)),
        IEnumerable items => Join([.. items.Cast<object?>()]),
        _ => value.ToString() ?? string.Empty,
    };

    private static string Join(object?[] items) =>
        string.Join(Array.TrueForAll(items, item => item is ValueType) ? " " : "; ", items.Select(Of));

    // The entries of a generic dictionary are pairs, those of others are of the type for all dictionaries.
    private static string Entry(object entry) => entry is DictionaryEntry other
        ? $"{Of(other.Key)}={Of(other.Value)}"
        : entry.ToString()!;

    private static IEnumerable<object?[]> Rows(Array matrix)
    {
        for (int row = 0; row < matrix.GetLength(0); row++)
        {
            object?[] items = new object?[matrix.GetLength(1)];
            for (int column = 0; column < items.Length; column++)
            {
                items[column] = matrix.GetValue(row, column);
            }

            yield return items;
        }
    }
}

/// <summary>A list whose text is that of its items, for tables and CSV files.</summary>
/// <param name="items">The items; not copied.</param>
internal sealed class ShownList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <summary>The number of items, as arrays have it.</summary>
    public int Length => Count;

    /// <summary>The items in one line.</summary>
    public override string ToString() => CellText.Of(Items);
}

/// <summary>A dictionary whose text is that of its entries, for tables and CSV files.</summary>
/// <param name="entries">The entries; copied in their order.</param>
internal sealed class ShownDictionary<T>(IEnumerable<KeyValuePair<string, T>> entries)
    : OrderedDictionary<string, T>(entries)
{
    /// <summary>The entries in one line, such as <c>a=1; b=2</c>.</summary>
    public override string ToString() =>
        string.Join("; ", this.Select(entry => $"{entry.Key}={CellText.Of(entry.Value)}"));
}
