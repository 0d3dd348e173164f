namespace OnnxDeep;

/// <summary>A dictionary whose text is that of its entries, for tables and CSV files.</summary>
/// <param name="entries">The entries; copied in their order.</param>
internal sealed class ShownDictionary<T>(IEnumerable<KeyValuePair<string, T>> entries)
    : OrderedDictionary<string, T>(entries)
{
    /// <summary>The entries in one line, such as <c>a=1; b=2</c>.</summary>
    public override string ToString() =>
        string.Join("; ", this.Select(entry => $"{entry.Key}={CellText.Of(entry.Value)}"));
}
