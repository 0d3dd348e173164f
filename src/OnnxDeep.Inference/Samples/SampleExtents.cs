using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Samples;

/// <summary>
/// Finds the extents of a model's open axes. The batch is every open first axis, but for those that the user names as
/// something else, or that stand in a later place of another input.
/// </summary>
internal sealed class SampleExtents
{
    private readonly IReadOnlyList<OnnxParameter> _inputs;
    private readonly Dictionary<string, long> _extents = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Resolves them.</summary>
    /// <param name="shape">What the user says.</param>
    /// <param name="inputs">All inputs that get a value.</param>
    /// <param name="given">The values that are not made up, by the names of their inputs.</param>
    /// <exception cref="ModelException">The extents contradict each other, or the model.</exception>
    public SampleExtents(
        SampleShape shape, IReadOnlyList<OnnxParameter> inputs, IReadOnlyDictionary<string, OnnxValue> given)
    {
        _inputs = inputs;
        foreach ((string name, long extent) in shape.Dimensions)
        {
            Check(name, extent);
            Set(name, extent, "the given dimensions");
        }

        string[] batch = FindBatch(shape);
        long? rows = null;
        foreach (OnnxParameter input in inputs)
        {
            rows = BindGiven(input, given.GetValueOrDefault(input.Name), batch) ?? rows;
        }

        BatchSize = ResolveBatch(shape, batch, rows);
        foreach (string symbol in batch.Where(symbol => symbol.Length > 0))
        {
            _extents.TryAdd(symbol, BatchSize);
        }
    }

    /// <summary>The rows of a batch; 1 where the model has none.</summary>
    public long BatchSize { get; }

    /// <summary>The extents of an input that is made up.</summary>
    /// <param name="input">The input, for errors.</param>
    /// <param name="type">A tensor's type.</param>
    /// <exception cref="ModelException">
    /// The model does not say how many axes there are, or they hold too much.
    /// </exception>
    public long[] Resolve(OnnxParameter input, OnnxType type)
    {
        if (type.Shape is null)
        {
            throw new ModelException(
                ErrorIds.InputNotGenerated,
                $"No values can be generated for the input '{input}': the model does not specify its number of axes. "
                + "Give a value.");
        }

        long[] shape =
        [
            .. type.Shape.Select((dimension, axis) => dimension.Extent
                ?? (dimension.Symbol.Length > 0 ? _extents.GetValueOrDefault(dimension.Symbol, 1)
                    : axis == 0 ? BatchSize
                    : 1)),
        ];
        return TensorShape.Count(shape) is long count
            && count <= Array.MaxLength / Math.Max(1, type.ElementType.GetSize())
                ? shape
                : throw new ModelException(
                    ErrorIds.InputTooLarge,
                    $"The input '{input}' would be {TensorShape.ToText(shape)}, more than fits into one array. "
                    + "Give smaller dimensions or a smaller batch.");
    }

    private static IReadOnlyList<OnnxDimension> Axes(OnnxType type) => type.Kind switch
    {
        OnnxTypeKind.Tensor => type.Shape ?? [],
        OnnxTypeKind.Optional or OnnxTypeKind.Sequence => Axes(type.Item!),
        _ => [],
    };

    private static ModelException Invalid(string problem) => new(ErrorIds.DimensionInvalid, problem);

    private void Check(string name, long extent)
    {
        string[] symbols =
        [
            .. _inputs.SelectMany(input => Axes(input.Type))
                .Select(axis => axis.Symbol)
                .Where(symbol => symbol.Length > 0)
                .Distinct(),
        ];
        if (extent < 0)
        {
            throw Invalid($"The dimension '{name}' is {extent}. Give 0 or more.");
        }

        if (!symbols.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid(
                $"The model's inputs have no symbolic dimension '{name}'. They have: "
                + $"{(symbols.Length > 0 ? string.Join(", ", symbols) : "(none)")}.");
        }
    }

    private void Set(string symbol, long extent, string source)
    {
        if (_extents.TryGetValue(symbol, out long known) && known != extent)
        {
            throw Invalid(
                $"'{symbol}' is {known} in {_sources[symbol]} and {extent} in {source}. Leave one of them out.");
        }

        _extents[symbol] = extent;
        _sources.TryAdd(symbol, source);
    }

    // The symbols of the batch, empty for an axis without a name.
    private string[] FindBatch(SampleShape shape)
    {
        string[] firsts =
        [
            .. _inputs.Select(input => Axes(input.Type))
                .Where(axes => axes is [{ Extent: null }, ..])
                .Select(axes => axes[0].Symbol)
                .Where(symbol => !_extents.ContainsKey(symbol))
                .Distinct(),
        ];
        var later = _inputs.SelectMany(input => Axes(input.Type).Skip(1)).Select(axis => axis.Symbol)
            .Where(symbol => symbol.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] batch = [.. firsts.Where(symbol => !later.Contains(symbol))];
        return batch.Length > 0 ? batch
            : firsts.Length > 0 ? [firsts[0]]

            // Models that begin with the time have the batch behind it.
            : shape.BatchSize is null ? []
            : [.. later.Where(symbol => !_extents.ContainsKey(symbol) && IsOpen(symbol)).Take(1)];
    }

    private bool IsOpen(string symbol) =>
        _inputs.Any(input => Axes(input.Type).Any(axis => axis.Extent is null && axis.Symbol == symbol));

    // The rows, where the value has the batch.
    private long? BindGiven(OnnxParameter input, OnnxValue? value, string[] batch)
    {
        IReadOnlyList<OnnxDimension> axes = Axes(input.Type);
        if (value is not OnnxTensor tensor || tensor.Shape.Count != axes.Count)
        {
            return null;
        }

        long? rows = null;
        for (int i = 0; i < axes.Count; i++)
        {
            if (axes[i] is { Extent: null, Symbol.Length: > 0 })
            {
                Set(axes[i].Symbol, tensor.Shape[i], $"the value of '{input.Name}'");
            }

            if (axes[i].Extent is null
                && batch.Contains(axes[i].Symbol, StringComparer.OrdinalIgnoreCase)
                && (i == 0 || axes[i].Symbol.Length > 0))
            {
                rows = tensor.Shape[i];
            }
        }

        return rows;
    }

    private long ResolveBatch(SampleShape shape, string[] batch, long? rows)
    {
        if (batch.Length > 0)
        {
            return rows is null || shape.BatchSize is null || rows == shape.BatchSize
                ? rows ?? shape.BatchSize ?? shape.DefaultBatchSize
                : throw Invalid(
                    $"The given values have {rows} rows, and the batch size is {shape.BatchSize}. "
                    + "Leave one of them out.");
        }

        // The user's own number for a symbol, or what the model fixes.
        OnnxParameter? input = _inputs.FirstOrDefault(input => Axes(input.Type).Count > 0);
        long? own = input is null ? null
            : Axes(input.Type)[0] is { Extent: long extent } ? extent
            : _extents.GetValueOrDefault(Axes(input.Type)[0].Symbol, 1);
        if (shape.BatchSize is not long wanted || wanted == (own ?? 1))
        {
            return own ?? 1;
        }

        throw input is not null && Axes(input.Type)[0] is { Extent: null } first
            ? Invalid(
                $"'{first.Symbol}' is the batch and is given twice, as {own} and as the batch size {wanted}. "
                + "Leave one of them out.")
            : new ModelException(
                ErrorIds.BatchSizeFixed,
                input is null
                    ? $"A batch of {wanted} does not fit: no input of the model has an axis for it. "
                        + "Leave the batch size out."
                    : $"A batch of {wanted} does not fit: the model takes {input}. Leave the batch size out, or "
                        + "make the first axis dynamic.");
    }
}

/// <summary>What the user says of the open extents of a model's inputs in a run with made-up values.</summary>
public sealed record SampleShape
{
    /// <summary>
    /// The rows of a batch; null leaves it to the given values, the model, or <see cref="DefaultBatchSize"/>.
    /// </summary>
    public long? BatchSize { get; init; }

    /// <summary>The rows of a batch where nothing else tells them.</summary>
    public long DefaultBatchSize { get; init; } = 1;

    /// <summary>Extents by the names of symbolic axes, whatever their case; those that are not named are 1.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();
}
