namespace OnnxDeep.Onnx.Rows;

/// <summary>The rules for operators that move, select or repeat elements.</summary>
internal static class RowShapes
{
    /// <summary>Adds the rules.</summary>
    public static void AddTo(Dictionary<string, Func<RowNode, IReadOnlyList<RowValue?>>> rules)
    {
        rules.Add("Concat", Concat);
        rules.Add("ConstantOfShape", node => node.First.Numbers is [{ IsCount: true }, ..] ? Repeat(node.First) : []);
        rules.Add("Expand", Expand);
        rules.Add("Flatten", node => node.HasRowsOnly && node.IsInnerAxis(1) ? [RowValue.Rows(2)] : []);
        rules.Add("Gather", Gather);
        rules.Add("GatherElements", node => node.First.Kind == RowKind.Rows && node.Input(1) is { Kind: RowKind.Rows }
            && node.Input(1)!.Rank == node.Rank && node.IsInnerAxis(0) ? [RowValue.Rows(node.Rank)] : []);
        rules.Add("OneHot", node => node.HasRowsOnly && RowNode.IsInner(node.Int("axis", -1), node.Rank + 1)
            ? [RowValue.Rows(node.Rank + 1)]
            : []);
        rules.Add("Pad", Pad);
        rules.Add("Reshape", Reshape);
        rules.Add("Resize", Resize);
        rules.Add("Slice", Slice);
        rules.Add("Split", Split);
        rules.Add("Squeeze", Squeeze);
        rules.Add("Tile", node => node.HasRowsOnly && node.Input(1)?.Numbers is [{ Value: 1 }, ..]
            ? [RowValue.Rows(node.Rank)]
            : []);
        rules.Add("Transpose", node => node.HasRowsOnly && node.Ints("perm") is [0, ..]
            ? [RowValue.Rows(node.Rank)]
            : []);
        rules.Add("Unsqueeze", Unsqueeze);
        rules.Add("Upsample", Resize);
    }

    private static IReadOnlyList<RowValue?> Concat(RowNode node)
    {
        RowValue?[] inputs = [.. node.Inputs];
        bool areRows = Array.TrueForAll(
            inputs, input => input is { Kind: RowKind.Rows } && input.Rank == node.First.Rank);
        return !areRows ? []
            : node.IsInnerAxis(1) ? [RowValue.Rows(node.Rank)]
            : inputs.Length == 2 && node.Int("axis", 1) == 0 && Array.TrueForAll(inputs, input => input!.IsPlain)
                ? [new RowValue(RowKind.Stacked, node.Rank)]
            : [];
    }

    private static IReadOnlyList<RowValue?> Split(RowNode node)
    {
        // Two halves of equal length are the two values that were joined.
        bool isHalved = node.First.Kind == RowKind.Stacked
            && node.Int("axis", 0) == 0
            && node.Outputs == 2
            && node.Input(1) is null
            && node.Ints("split") is null;
        return isHalved || (node.HasRowsOnly && node.IsInnerAxis(0))
            ? [.. Enumerable.Repeat(RowValue.Rows(node.First.Rank), node.Outputs)]
            : [];
    }

    private static IReadOnlyList<RowValue?> Repeat(RowValue shape) =>
        shape.Numbers!.Skip(1).Any(number => number.IsCount) ? [] : [RowValue.Rows(shape.Numbers!.Count)];

    private static IReadOnlyList<RowValue?> Expand(RowNode node)
    {
        if (node.Input(1) is not { Numbers: [RowNumber first, ..] numbers } shape || node.First.Rank is not int rank)
        {
            return [];
        }

        bool isRepeated = node.First.Kind == RowKind.Fixed
            && first.IsCount
            && (rank < numbers.Count || (rank == numbers.Count && node.First.First == 1));
        bool isKept = node.First.Kind == RowKind.Rows && rank == numbers.Count && (first.IsCount || first.Value == 1);
        return isRepeated || isKept ? Repeat(shape) : [];
    }

    private static IReadOnlyList<RowValue?> Gather(RowNode node)
    {
        RowValue? places = node.Input(1);
        return node.First is { Kind: RowKind.Rows, Rank: int rank } && places is { Kind: RowKind.Fixed, Rank: int more }
            ? node.IsInnerAxis(0) ? [RowValue.Rows(rank + more - 1)] : []
            : node.First is { Kind: RowKind.Fixed, Rank: int columns }
                && places is { Kind: RowKind.Rows, Rank: int own }
                && node.Int("axis", 0) == 0
                    ? [RowValue.Rows(own + columns - 1)]
                    : [];
    }

    private static IReadOnlyList<RowValue?> Pad(RowNode node)
    {
        long[]? pads = node.Ints("pads") ?? node.Input(1)?.GetConstants();
        bool isInner = node.Input(3) is RowValue axes
            ? axes.GetConstants() is long[] known && Array.TrueForAll(known, axis => RowNode.IsInner(axis, node.Rank))
            : pads is not null && pads.Length == 2 * node.Rank && node.Rank > 0 && pads[0] == 0 && pads[node.Rank] == 0;
        return node.HasRowsOnly && isInner ? [RowValue.Rows(node.Rank)] : [];
    }

    // Elements keep their order, so a first axis that has the rows, or the rest, keeps them apart.
    private static IReadOnlyList<RowValue?> Reshape(RowNode node)
    {
        if (node.First.Kind is not (RowKind.Rows or RowKind.Blocks)
            || node.Int("allowzero", 0) != 0
            || node.Input(1)?.Numbers is not [RowNumber first, ..] numbers)
        {
            return [];
        }

        RowNumber[] rest = [.. numbers.Skip(1)];
        bool copies = rest.Any(number => number.Value == 0);
        if (rest.Any(number => number.IsCount)
            || (node.First.Kind == RowKind.Blocks && (copies || first.Value == 0)))
        {
            return [];
        }

        return first.IsCount || first.Value is 0 or -1 ? [RowValue.Rows(numbers.Count)]
            : rest.Any(number => number.Value == -1) && first.Value is not null
                ? [new RowValue(RowKind.Blocks, numbers.Count)]
                : [];
    }

    private static IReadOnlyList<RowValue?> Resize(RowNode node)
    {
        if (node.First is not { Kind: RowKind.Rows } || node.Inputs.Any(input => input is { Kind: RowKind.Rows }
            && !ReferenceEquals(input, node.First)))
        {
            return [];
        }

        RowValue? scales = node.Input(node.Inputs.Count == 2 ? 1 : 2);
        bool isKept = node.Ints("axes") is long[] axes
            ? Array.TrueForAll(axes, axis => RowNode.IsInner(axis, node.Rank))
            : node.Input(3) is RowValue sizes ? sizes.Numbers is [{ IsCount: true }, ..]
            : scales?.Numbers is [{ Value: 1 }, ..];
        return isKept ? [RowValue.Rows(node.Rank)] : [];
    }

    private static IReadOnlyList<RowValue?> Slice(RowNode node)
    {
        long[]? starts = node.Ints("starts") ?? node.Input(1)?.GetConstants();
        long[]? ends = node.Ints("ends") ?? node.Input(2)?.GetConstants();
        long[]? axes = node.Axes(3);
        if (!node.HasRowsOnly || axes is null || node.Rank == 0)
        {
            return [];
        }

        for (int i = 0; i < axes.Length; i++)
        {
            bool isWhole = starts?.ElementAtOrDefault(i) == 0
                && ends?.ElementAtOrDefault(i) >= int.MaxValue
                && (node.Input(4) is not RowValue steps || steps.GetConstants()?.ElementAtOrDefault(i) == 1);
            if (!RowNode.IsInner(axes[i], node.Rank) && !isWhole)
            {
                return [];
            }
        }

        return [RowValue.Rows(node.Rank)];
    }

    private static IReadOnlyList<RowValue?> Squeeze(RowNode node) =>
        node.HasRowsOnly
        && node.Axes(1) is { Length: > 0 } axes
        && Array.TrueForAll(axes, axis => RowNode.IsInner(axis, node.Rank))
            ? [RowValue.Rows(node.Rank - axes.Length)]
            : [];

    private static IReadOnlyList<RowValue?> Unsqueeze(RowNode node)
    {
        if (!node.HasRowsOnly || node.Axes(1) is not { Length: > 0 } axes || node.Rank == 0)
        {
            return [];
        }

        int rank = node.Rank + axes.Length;
        return Array.TrueForAll(axes, axis => RowNode.IsInner(axis, rank))
            ? [RowValue.Rows(rank)]
            : [new RowValue(RowKind.Blocks, rank)];
    }
}
