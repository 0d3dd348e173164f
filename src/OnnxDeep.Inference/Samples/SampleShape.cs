using OnnxDeep.Onnx;

namespace OnnxDeep.Inference;

/// <summary>What the open extents of a model's inputs are in a run with made-up values.</summary>
public sealed record SampleShape
{
    /// <summary>The rows of a batch: the first axis where it is open. The symbol's own extent, or 1, where null.</summary>
    public long? BatchSize { get; init; }

    /// <summary>Extents by the names of symbolic axes, whatever their case; those that are not named are 1.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();

    /// <summary>The symbol of a batch: that of the first input with an open first axis; empty where it has no name.</summary>
    /// <returns>Null where no input has an open first axis.</returns>
    public static string? FindBatchSymbol(IEnumerable<OnnxParameter> inputs) => inputs
        .Select(input => Tensor(input.Type)?.Shape is [OnnxDimension { Extent: null } first, ..] ? first.Symbol : null)
        .FirstOrDefault(symbol => symbol is not null);

    /// <summary>The rows of a batch of a model.</summary>
    /// <param name="inputs">Those that are made up.</param>
    /// <exception cref="ModelException">The model has no open first axis, or two numbers are given for it.</exception>
    public long GetBatchSize(IReadOnlyList<OnnxParameter> inputs)
    {
        string? symbol = FindBatchSymbol(inputs);
        long? named = symbol is null ? null : Find(symbol);
        if (symbol is null && BatchSize is long wanted
            && inputs.FirstOrDefault(input => Extent(input) is long extent && extent != wanted) is OnnxParameter fixedInput)
        {
            throw new ModelException(
                ModelException.BatchFixed,
                $"A batch of {wanted} does not fit: the model takes {fixedInput}. Leave the batch size out, or open the first axis "
                + "with Convert-OnnxModel -DynamicBatch.");
        }

        if (named is not null && BatchSize is not null && named != BatchSize)
        {
            throw new ModelException(
                ModelException.DimensionInvalid,
                $"'{symbol}' is the batch and is given twice, as {named} and as the batch size {BatchSize}. Leave one of them out.");
        }

        return named ?? BatchSize ?? inputs.Select(Extent).FirstOrDefault(extent => extent is not null) ?? 1;
    }

    /// <summary>Checks that each name is one of the model's.</summary>
    /// <exception cref="ModelException">It is not, or its extent is negative.</exception>
    public void Check(IReadOnlyList<OnnxParameter> inputs)
    {
        string[] symbols =
        [
            .. inputs.SelectMany(input => Tensor(input.Type)?.Shape ?? [])
                .Select(dimension => dimension.Symbol)
                .Where(symbol => symbol.Length > 0)
                .Distinct(),
        ];
        foreach ((string name, long extent) in Dimensions)
        {
            if (extent < 0 || !symbols.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new ModelException(
                    ModelException.DimensionInvalid,
                    extent < 0 ? $"The dimension '{name}' is {extent}. Give 0 or more."
                    : $"The model's inputs have no symbolic dimension '{name}'. They have: "
                        + $"{(symbols.Length > 0 ? string.Join(", ", symbols) : "(none)")}.");
            }
        }
    }

    /// <summary>The extents of an input that is made up.</summary>
    /// <param name="input">The input, for errors.</param>
    /// <param name="type">A tensor's type.</param>
    /// <param name="batchSymbol">See <see cref="FindBatchSymbol"/>.</param>
    /// <param name="batchSize">See <see cref="GetBatchSize"/>.</param>
    /// <exception cref="ModelException">The model does not say how many axes there are, or they hold too much.</exception>
    public long[] Resolve(OnnxParameter input, OnnxType type, string? batchSymbol, long batchSize)
    {
        if (type.Shape is null)
        {
            throw new ModelException(
                ModelException.InputNotGenerated,
                $"No values can be made up for the input '{input}', whose number of axes the model does not say. Give one with -InputObject.");
        }

        long[] shape =
        [
            .. type.Shape.Select((dimension, axis) => dimension.Extent
                ?? (axis == 0 && (dimension.Symbol.Length == 0 || dimension.Symbol == batchSymbol) ? batchSize : Find(dimension.Symbol) ?? 1)),
        ];
        return TensorShape.Count(shape) is long count && count <= Array.MaxLength / Math.Max(1, type.ElementType.GetSize())
            ? shape
            : throw new ModelException(
                ModelException.InputTooLarge,
                $"The input '{input}' would be {TensorShape.ToText(shape)}, more than fits into one array. Give smaller dimensions or a smaller batch.");
    }

    /// <summary>The tensor that an input takes, be it optional or in a sequence; null where it takes none.</summary>
    internal static OnnxType? Tensor(OnnxType type) => type.Kind switch
    {
        OnnxTypeKind.Tensor => type,
        OnnxTypeKind.Optional or OnnxTypeKind.Sequence => Tensor(type.Item!),
        _ => null,
    };

    private static long? Extent(OnnxParameter input) => input.Type.Shape is [OnnxDimension first, ..] ? first.Extent : null;

    private long? Find(string symbol)
    {
        foreach ((string name, long extent) in Dimensions)
        {
            if (name.Equals(symbol, StringComparison.OrdinalIgnoreCase))
            {
                return extent;
            }
        }

        return null;
    }
}
