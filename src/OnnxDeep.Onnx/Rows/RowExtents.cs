namespace OnnxDeep.Onnx.Rows;

/// <summary>The rules for the integers of a graph that are computed from shapes, such as those for Reshape.</summary>
internal static class RowExtents
{
    /// <summary>Determines the output of a node; null if the node computes something else.</summary>
    public static RowValue? Apply(string operation, RowNode node) => operation switch
    {
        "Shape" => Shape(node),
        "Size" when node.First.Kind == RowKind.Rows => RowValue.Of([RowNumber.Count], 0),
        _ when node.First.Numbers is null => null,
        "Identity" or "Cast" => node.First,
        "Unsqueeze" when node.First is { Numbers: [RowNumber one], Rank: 0 } => RowValue.Of([one], 1),
        "Squeeze" when node.First.Numbers is [RowNumber one] => RowValue.Of([one], 0),
        "Reshape" when node.First.Numbers is [RowNumber one] && node.Input(1) is { Rank: 1, First: 1 } =>
            RowValue.Of([one], 1),
        "Concat" when node.Inputs.All(input => input is { Numbers: not null, Rank: 1 }) =>
            RowValue.Of([.. node.Inputs.SelectMany(input => input!.Numbers!)], 1),
        "Gather" => Gather(node),
        "Slice" => Slice(node),
        "Mul" when node.Input(1)?.Numbers is not null => Multiply(node),
        _ => null,
    };

    private static RowValue? Shape(RowNode node)
    {
        if (node.First.Kind is not (RowKind.Rows or RowKind.Fixed) || node.First.Rank is not int rank)
        {
            return node.First.Kind == RowKind.Fixed ? RowValue.Fixed : null;
        }

        RowNumber first = node.First.Kind == RowKind.Rows ? RowNumber.Count : new RowNumber(node.First.First, false);
        RowNumber[] all = [first, .. Enumerable.Repeat(RowNumber.Unknown, Math.Max(0, rank - 1))];
        int start = Clamp(node.Int("start", 0), rank);
        int end = Clamp(node.Int("end", rank), rank);
        return RowValue.Of(all[start..Math.Max(start, end)], 1);
    }

    private static int Clamp(long place, int count) => (int)Math.Clamp(place < 0 ? place + count : place, 0, count);

    private static RowValue? Gather(RowNode node)
    {
        IReadOnlyList<RowNumber> numbers = node.First.Numbers!;
        return node.First.Rank == 1
            && node.Input(1) is { Rank: int rank } input
            && input.GetConstants() is long[] places
            && Array.TrueForAll(places, place => place >= -numbers.Count && place < numbers.Count)
                ? RowValue.Of([.. places.Select(place => numbers[Clamp(place, numbers.Count)])], rank)
                : null;
    }

    private static RowValue? Slice(RowNode node)
    {
        long[]? starts = node.Ints("starts") ?? node.Input(1)?.GetConstants();
        long[]? ends = node.Ints("ends") ?? node.Input(2)?.GetConstants();
        bool isForward = node.Input(4) is null || node.Input(4)!.GetConstants() is [1];
        if (node.First.Rank != 1 || starts is not [long from] || ends is not [long to] || !isForward)
        {
            return null;
        }

        int count = node.First.Numbers!.Count;
        int start = Clamp(from, count);
        return RowValue.Of([.. node.First.Numbers.Take(Clamp(to, count)).Skip(start)], 1);
    }

    // A multiple of the number of rows is one too.
    private static RowValue? Multiply(RowNode node)
    {
        if (node.First.Numbers is not [RowNumber left] || node.Input(1)!.Numbers is not [RowNumber right])
        {
            return null;
        }

        RowNumber? product = left.IsCount || right.IsCount
            ? left.IsCount && right.IsCount ? null : RowNumber.Count
            : new RowNumber(left.Value * right.Value, false);
        int rank = Math.Max(node.Rank, node.Input(1)!.Rank ?? 0);
        return product is RowNumber number ? RowValue.Of([number], rank) : null;
    }
}
