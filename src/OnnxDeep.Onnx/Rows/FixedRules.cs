namespace OnnxDeep.Onnx.Rows;

/// <summary>The shapes of values that do not depend on the rows, such as weights that a graph transposes.</summary>
internal static class FixedRules
{
    /// <summary>Determines the first output of a node; its rank is unknown where no rule applies.</summary>
    public static RowValue Apply(string operation, RowNode node) => operation switch
    {
        "Cast" or "DequantizeLinear" or "Identity" or "Neg" or "QuantizeLinear" or "Reciprocal" or "Sqrt" =>
            node.First with { Numbers = null },
        "Transpose" => new RowValue(RowKind.Fixed, node.First.Rank),
        "Reshape" when node.Input(1)?.Numbers is [RowNumber first, ..] numbers =>
            new RowValue(RowKind.Fixed, numbers.Count, first.Value > 0 ? first.Value : null),
        "Unsqueeze" when node.First.Rank is int rank && node.Axes(1) is long[] axes =>
            new RowValue(RowKind.Fixed, rank + axes.Length, 
                Array.TrueForAll(axes, axis => RowNode.IsInner(axis, rank + axes.Length)) ? node.First.First : 1),
        "Squeeze" when node.First.Rank is int rank && node.Axes(1) is { Length: > 0 } axes =>
            new RowValue(RowKind.Fixed, rank - axes.Length),
        "Concat" => new RowValue(RowKind.Fixed, node.First.Rank),
        "Add" or "Div" or "Mul" or "Pow" or "Sub" when node.Inputs.All(input => input?.Rank is not null) =>
            Broadcast(node),
        _ => RowValue.Fixed,
    };

    private static RowValue Broadcast(RowNode node)
    {
        int rank = node.Inputs.Max(input => input!.Rank!.Value);
        long?[] firsts = [.. node.Inputs.Where(input => input!.Rank == rank).Select(input => input!.First)];
        return new RowValue(
            RowKind.Fixed, rank, Array.TrueForAll(firsts, first => first is not null) ? firsts.Max() : null);
    }
}
