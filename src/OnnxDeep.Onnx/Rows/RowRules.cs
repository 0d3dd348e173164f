namespace OnnxDeep.Onnx.Rows;

/// <summary>The rules by which operators keep the rows of their inputs apart.</summary>
internal static class RowRules
{
    private const int LastVersionWithFlatSoftmax = 12;

    private static readonly Dictionary<string, Func<RowNode, IReadOnlyList<RowValue?>>> s_rules = Build();

    // Operators whose results differ from run to run, or may differ.
    private static readonly HashSet<string> s_random = Names(
        "Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike");

    /// <summary>Determines the outputs of a node.</summary>
    /// <param name="operation">The operator of ONNX, ONNX's machine learning or ONNX Runtime.</param>
    /// <param name="node">The node, with no input that is mixed.</param>
    /// <returns>What is known about the outputs; null or missing where rows may depend on each other.</returns>
    public static IReadOnlyList<RowValue?> Apply(string operation, RowNode node)
    {
        if (s_random.Contains(operation) || (operation == "Dropout" && !IsInference(node)))
        {
            return [];
        }

        if (node.Inputs.Any(input => input is { Kind: RowKind.Padded }))
        {
            return PaddedRows.Apply(operation, node);
        }

        bool hasFirst = node.Inputs.Count > 0 && node.Inputs[0] is not null;
        if (hasFirst && RowExtents.Apply(operation, node) is RowValue numbers)
        {
            return [numbers];
        }

        if (node.AreFixed(0))
        {
            RowValue only = hasFirst ? FixedRules.Apply(operation, node) : RowValue.Fixed;
            return [only, .. Enumerable.Repeat(RowValue.Fixed, Math.Max(0, node.Outputs - 1))];
        }

        return hasFirst && s_rules.TryGetValue(operation, out Func<RowNode, IReadOnlyList<RowValue?>>? rule)
            ? rule(node)
            : [];
    }

    private static HashSet<string> Names(string names) => [.. names.Split(' ')];

    private static Dictionary<string, Func<RowNode, IReadOnlyList<RowValue?>>> Build()
    {
        var rules = new Dictionary<string, Func<RowNode, IReadOnlyList<RowValue?>>>(StringComparer.Ordinal);
        Add("Abs Acos Acosh Asin Asinh Atan Atanh BitwiseNot Cast CastLike Ceil Celu Clip Cos Cosh Dropout Elu Erf Exp "
            + "Floor Gelu HardSigmoid HardSwish Identity IsInf IsNaN LeakyRelu Log Mish Neg Not QuickGelu Reciprocal "
            + "Relu Round Selu Shrink Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu "
            + "Binarizer CategoryMapper LabelEncoder", Elementwise);
        Add("Add And BiasGelu BitShift BitwiseAnd BitwiseOr BitwiseXor Div Equal FastGelu Greater GreaterOrEqual Less "
            + "LessOrEqual Max Mean Min Mod Mul Or PRelu Pow Sub Sum Where Xor", Broadcast);
        Add("AveragePool Conv ConvInteger ConvTranspose DepthToSpace GlobalAveragePool GlobalLpPool GlobalMaxPool "
            + "GroupNormalization InstanceNormalization LRN LpPool MaxPool QLinearConv SpaceToDepth",
            node => node.HasRowsOnly && node.Rank >= 3 ? Same(node) : []);
        Add("BatchNormalization",
            node => node.HasRowsOnly && node.Rank >= 2 && node.Outputs == 1 && node.Int("training_mode", 0) == 0
                ? Same(node)
                : []);
        Add("LayerNormalization LpNormalization RMSNormalization",
            node => node.HasRowsOnly && node.IsInnerAxis(-1) ? Same(node) : []);
        Add("Hardmax LogSoftmax Softmax",
            node => node.HasRowsOnly && node.IsInnerAxis(node.Opset <= LastVersionWithFlatSoftmax ? 1 : -1)
                ? Same(node)
                : []);
        Add("ArgMax ArgMin", node => node.HasRowsOnly && node.IsInnerAxis(0)
            ? [RowValue.Rows(node.Rank - (node.Int("keepdims", 1) == 0 ? 1 : 0))]
            : []);
        Add("ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum "
            + "ReduceSumSquare", Reduce);
        Add("CumSum", node => node.HasRowsOnly && node.Input(1)?.GetConstants() is [long axis]
            && RowNode.IsInner(axis, node.Rank) ? Same(node) : []);
        Add("TopK", node => node.HasRowsOnly && node.IsInnerAxis(-1) ? [.. Same(node), .. Same(node)] : []);
        Add("MatMul", node => Multiply(node.First, node.Input(1)));
        Add("MatMulInteger", node => node.Input(2) is null or { IsFixedScalar: true } && node.AreFixed(3)
            ? Multiply(node.First, node.Input(1))
            : []);
        Add("QLinearMatMul", node => node.Input(1) is { IsFixedScalar: true }
            && node.Input(2) is { IsFixedScalar: true }
            && node.AreFixed(4) ? Multiply(node.First, node.Input(3)) : []);
        Add("Gemm", Gemm);
        Add("QuantizeLinear DequantizeLinear", Quantize);
        Add("StringSplit", PaddedRows.Split);
        RowShapes.AddTo(rules);
        RowTrees.AddTo(rules);
        return rules;

        void Add(string names, Func<RowNode, IReadOnlyList<RowValue?>> rule)
        {
            foreach (string name in Names(names))
            {
                rules.Add(name, rule);
            }
        }
    }

    private static IReadOnlyList<RowValue?> Same(RowNode node) => [RowValue.Rows(node.Rank)];

    // Training drops other elements in each run.
    private static bool IsInference(RowNode node) =>
        node.Opset >= 7 && (node.Input(2) is not RowValue training || training.GetConstants() is [0]);

    private static IReadOnlyList<RowValue?> Elementwise(RowNode node) =>
        node.AreFixed(1) && node.First.Kind is RowKind.Rows or RowKind.Blocks or RowKind.Stacked
            ? [new RowValue(node.First.Kind, node.First.Rank, IsPlain: node.First.IsPlain)]
            : [];

    // A fixed value may have rows of its own only if it is repeated for all.
    private static IReadOnlyList<RowValue?> Broadcast(RowNode node)
    {
        RowValue[] inputs = [.. node.Inputs.OfType<RowValue>()];
        int rank = inputs.Max(input => input.Kind == RowKind.Rows ? input.Rank ?? 0 : 0);
        return rank > 0 && Array.TrueForAll(inputs, input => input.Kind switch
        {
            RowKind.Rows => input.Rank == rank,
            RowKind.Fixed => IsRepeated(input, rank),
            _ => false,
        })
            ? [RowValue.Rows(rank)]
            : [];
    }

    private static bool IsRepeated(RowValue value, int rank) =>
        value.Kind == RowKind.Fixed && (value.Rank < rank || (value.Rank == rank && value.First == 1));

    private static IReadOnlyList<RowValue?> Reduce(RowNode node)
    {
        if (!node.HasRowsOnly
            || node.Axes(1) is not { Length: > 0 } axes
            || !Array.TrueForAll(axes, axis => RowNode.IsInner(axis, node.Rank)))
        {
            return [];
        }

        return [RowValue.Rows(node.Rank - (node.Int("keepdims", 1) == 0 ? axes.Length : 0))];
    }

    private static IReadOnlyList<RowValue?> Multiply(RowValue left, RowValue? right)
    {
        bool isKept = (left, right) switch
        {
            // Every row times the same matrix or vector.
            ({ Kind: RowKind.Rows, Rank: >= 2 }, { Kind: RowKind.Fixed, Rank: <= 2 }) => true,
            ({ Kind: RowKind.Rows, Rank: >= 3 and int rank }, { Kind: RowKind.Fixed }) => IsRepeated(right!, rank),
            ({ Kind: RowKind.Fixed, Rank: 2 }, { Kind: RowKind.Rows, Rank: >= 3 }) => true,
            ({ Kind: RowKind.Fixed }, { Kind: RowKind.Rows, Rank: >= 3 and int rank }) => IsRepeated(left, rank)
                && left.Rank >= 2,

            // A matrix for each row.
            ({ Kind: RowKind.Rows, Rank: >= 3 and int rank }, { Kind: RowKind.Rows, Rank: int other }) => rank == other,
            _ => false,
        };
        int most = Math.Max(left.Rank ?? 0, right?.Rank ?? 0);
        return isKept ? [RowValue.Rows(right!.Rank == 1 ? left.Rank - 1 : most)] : [];
    }

    private static IReadOnlyList<RowValue?> Gemm(RowNode node)
    {
        RowValue? bias = node.Input(2);
        return node.First is { Kind: RowKind.Rows, Rank: 2 }
            && node.Int("transA", 0) == 0
            && node.Input(1) is { Kind: RowKind.Fixed }
            && (bias is null or { Kind: RowKind.Rows, Rank: 2 } || IsRepeated(bias, 2))
                ? Same(node)
                : [];
    }

    private static IReadOnlyList<RowValue?> Quantize(RowNode node) =>
        node.First.Kind == RowKind.Rows && node.Input(1) is { IsFixedScalar: true } && node.AreFixed(2) ? Same(node)
        : node.HasRowsOnly && node.Input(1) is { Rank: 1 } && node.IsInnerAxis(1) ? Same(node)
        : [];
}
