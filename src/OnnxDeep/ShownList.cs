using System.Collections.ObjectModel;

namespace OnnxDeep;

/// <summary>A list whose text is that of its items, for tables and CSV files.</summary>
/// <param name="items">The items; not copied.</param>
internal sealed class ShownList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <summary>The number of items, as arrays have it.</summary>
    public int Length => Count;

    /// <summary>The items in one line.</summary>
    public override string ToString() => CellText.Of(Items);
}
