namespace OnnxDeep.Learning.Tables;

/// <summary>Some rows of a source, such as those with a target.</summary>
/// <param name="source">The source.</param>
/// <param name="rows">The rows of the source, in the order of this one.</param>
internal sealed class SelectedRows(ExampleSource source, int[] rows) : ExampleSource
{
    /// <inheritdoc/>
    public override int Rows => rows.Length;

    /// <inheritdoc/>
    public override FittedFeatures Fit(ReadOnlySpan<int> training)
    {
        int[] places = new int[training.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = rows[training[i]];
        }

        return new Fitted(source.Fit(places), rows);
    }

    private sealed class Fitted(FittedFeatures features, int[] rows) : FittedFeatures
    {
        public override int Width => features.Width;

        public override TableSchema? Schema => features.Schema;

        public override void Encode(int row, Span<float> output) => features.Encode(rows[row], output);
    }
}
