namespace OnnxDeep.Onnx.Rows;

/// <summary>
/// The rules for texts that are split into words: shorter ones are filled up to the longest of the run, which must not
/// change the answer for them.
/// </summary>
internal static class PaddedRows
{
    /// <summary>Determines the outputs of a node that splits texts.</summary>
    public static IReadOnlyList<RowValue?> Split(RowNode node) => node is { HasRowsOnly: true, Rank: 1 }
        ? [new RowValue(RowKind.Padded, 2), RowValue.Rows(1)]
        : [];

    /// <summary>Determines the outputs of a node with a padded input.</summary>
    public static IReadOnlyList<RowValue?> Apply(string operation, RowNode node) => operation switch
    {
        "LabelEncoder" when node.First is { Padding: null, Rank: 2 } =>
            [new RowValue(RowKind.Padded, 2, Padding: node.FindNumber(string.Empty))],
        "Gather" when node is { First: { Kind: RowKind.Fixed, Rank: 2 } } && node.Int("axis", 0) == 0 => Gather(node),
        "ReduceSum" when node is { First: { Padding: 0, Rank: 3 } } && node.Axes(1) is [1 or -2] =>
            [RowValue.Rows(node.Int("keepdims", 1) == 0 ? 2 : 3)],
        _ => [],
    };

    private static IReadOnlyList<RowValue?> Gather(RowNode node) =>
        node.Input(1) is { Padding: long row, Rank: 2 } && node.First.HasZeros?.Invoke(row) == true
            ? [new RowValue(RowKind.Padded, 3, Padding: 0)]
            : [];
}
