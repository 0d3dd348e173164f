using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Samples;

/// <summary>
/// Determines the sizes of a model's dynamic axes. Every dynamic first axis is a batch axis, except for those that the
/// user sets by name and those that also occur at a later position of an input.
/// </summary>
internal sealed class SampleExtents
{
    private static readonly HashSet<string> s_states = new(StringComparer.OrdinalIgnoreCase)
    {
        "state", "h", "c", "h0", "c0", "hn", "cn", "h_in", "c_in", "hidden", "cell", "hidden_state", "cell_state",
    };

    private readonly IReadOnlyList<OnnxParameter> _inputs;
    private readonly Dictionary<string, long> _extents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    /// <summary>Resolves the dynamic axes.</summary>
    /// <param name="shape">The user's settings.</param>
    /// <param name="inputs">All inputs that need a value.</param>
    /// <param name="given">The values that are not generated, by input name.</param>
    /// <exception cref="ModelException">The sizes contradict each other or the model.</exception>
    public SampleExtents(
        SampleShape shape, IReadOnlyList<OnnxParameter> inputs, IReadOnlyDictionary<string, OnnxValue> given)
    {
        _inputs = inputs;
        foreach ((string name, long extent) in shape.Dimensions)
        {
            Set(FindSymbol(name, extent), extent, "the given dimensions");
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

    /// <summary>The rows of a batch; 1 if the model has no batch axis.</summary>
    public long BatchSize { get; }

    /// <summary>
    /// Extents that were found by trying, by the name of an axis, or the input and number of one without a name; other
    /// open axes are 1.
    /// </summary>
    public IReadOnlyDictionary<string, long> Chosen { get; init; } = new Dictionary<string, long>();

    /// <summary>The extents that the first operators of the model demand; null if they are not known.</summary>
    public Func<OnnxParameter, int, int, long?>? Demand { get; init; }

    /// <summary>The axes of inputs whose extents nothing determines, named as in <see cref="Chosen"/>.</summary>
    public IReadOnlyList<string> Open =>
    [
        .. _inputs
            .SelectMany(input => Axes(input.Type).Select((_, axis) => (Input: input, Axis: axis)))
            .Where(place => Find(place.Input, Axes(place.Input.Type), place.Axis) is null)
            .Select(place => KeyOf(place.Input, place.Axis))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Returns the shape of a generated input.</summary>
    /// <param name="input">The input, for error messages.</param>
    /// <param name="type">The type of the tensor.</param>
    /// <exception cref="ModelException">
    /// The model does not specify the number of axes, or the tensor would be too large.
    /// </exception>
    public long[] Resolve(OnnxParameter input, OnnxType type)
    {
        if (type.Shape is null)
        {
            throw new ModelException(
                ErrorIds.InputNotGenerated,
                $"No values can be generated for the input '{input}': the model does not specify its number of axes. "
                + "Specify a value.");
        }

        long[] shape =
        [
            .. type.Shape.Select((_, axis) =>
                Find(input, type.Shape, axis) ?? Chosen.GetValueOrDefault(KeyOf(input, axis), 1)),
        ];
        return TensorShape.Count(shape) is long count
            && count <= Array.MaxLength / Math.Max(1, type.ElementType.GetSize())
                ? shape
                : throw new ModelException(
                    ErrorIds.InputTooLarge,
                    $"The input '{input}' would be {TensorShape.ToText(shape)}, which does not fit into one array. "
                    + "Specify smaller dimensions or a smaller batch.");
    }

    // An axis without a name belongs to one input only.
    private static string KeyOf(OnnxParameter input, int axis) =>
        Axes(input.Type)[axis].Symbol is { Length: > 0 } symbol
            ? symbol
            : FormattableString.Invariant($"{input.Name}[{axis}]");

    // The state of a recurrent network is [layers, batch, units].
    private static bool IsState(OnnxParameter input, IReadOnlyList<OnnxDimension> axes) =>
        axes is [{ Extent: not null }, { Extent: null }, _] && s_states.Contains(input.Name);

    private long? Find(OnnxParameter input, IReadOnlyList<OnnxDimension> axes, int axis) =>
        axes[axis] is { Extent: long extent } ? extent
        : axes[axis].Symbol.Length > 0 && _extents.TryGetValue(axes[axis].Symbol, out long known) ? known
        : (axis == 0 && axes[0].Symbol.Length == 0) || (axis == 1 && IsState(input, axes)) ? BatchSize
        : Demand?.Invoke(input, axis, axes.Count);

    private static IReadOnlyList<OnnxDimension> Axes(OnnxType type) => type.Kind switch
    {
        OnnxTypeKind.Tensor => type.Shape ?? [],
        OnnxTypeKind.Optional or OnnxTypeKind.Sequence => Axes(type.Item!),
        _ => [],
    };

    private static ModelException Invalid(string problem) => new(ErrorIds.DimensionInvalid, problem);

    private string FindSymbol(string name, long extent)
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
            throw Invalid($"The dimension '{name}' is {extent}. Specify a value of 0 or more.");
        }

        IReadOnlyList<string> found = NameMatch.Find(symbols, symbol => symbol, name);
        return found.Count == 1 ? found[0] : throw Invalid(
            found.Count == 0
                ? $"The model's inputs have no symbolic dimension '{name}'. They have: "
                    + $"{(symbols.Length > 0 ? string.Join(", ", symbols) : "(none)")}."
                : $"The model's inputs have the symbolic dimensions {string.Join(" and ", found)}, and '{name}' may be "
                    + "any of them. Specify the names in their own case.");
    }

    private void Set(string symbol, long extent, string source)
    {
        if (_extents.TryGetValue(symbol, out long known) && known != extent)
        {
            throw Invalid(
                $"'{symbol}' is {known} in {_sources[symbol]} and {extent} in {source}. Omit one of them.");
        }

        _extents[symbol] = extent;
        _sources.TryAdd(symbol, source);
    }

    // The symbols of the batch; an empty symbol is an axis without a name.
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
            .Where(symbol => symbol.Length > 0).ToHashSet(StringComparer.Ordinal);
        string[] batch = [.. firsts.Where(symbol => !later.Contains(symbol))];
        return batch.Length > 0 ? batch
            : firsts.Length > 0 ? [firsts[0]]

            // In models with time as the first axis, the batch follows it.
            : shape.BatchSize is null ? []
            : [.. later.Where(symbol => !_extents.ContainsKey(symbol) && IsOpen(symbol)).Take(1)];
    }

    private bool IsOpen(string symbol) =>
        _inputs.Any(input => Axes(input.Type).Any(axis => axis.Extent is null && axis.Symbol == symbol));

    // The number of rows, if the value has a batch axis.
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
                && batch.Contains(axes[i].Symbol, StringComparer.Ordinal)
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
                    $"The given values have {Quantity.Of(rows.Value, "row")}, but the batch size is {shape.BatchSize}. "
                    + "Omit one of them.");
        }

        // The user set the symbol, or the model has a fixed size.
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
                $"'{first.Symbol}' is the batch axis and is specified twice, as {own} and as the batch size {wanted}. "
                + "Omit one of them.")
            : new ModelException(
                ErrorIds.BatchSizeFixed,
                input is null
                    ? $"The batch size cannot be {wanted}: no input of the model has a batch axis. "
                        + "Omit the batch size."
                    : $"The batch size cannot be {wanted}: the model takes {input}. Omit the batch size, or "
                        + "make the first axis dynamic.");
    }
}

/// <summary>
/// The user's settings for the dynamic dimensions of a model's inputs in a run with generated values.
/// </summary>
public sealed record SampleShape
{
    /// <summary>
    /// The rows of a batch; null to use that of the given values, the model, or <see cref="DefaultBatchSize"/>.
    /// </summary>
    public long? BatchSize { get; init; }

    /// <summary>The rows of a batch if nothing else determines them.</summary>
    public long DefaultBatchSize { get; init; } = 1;

    /// <summary>
    /// Sizes by name of the symbolic dimension; case is ignored unless names differ only in case. Dimensions that are
    /// not listed are 1.
    /// </summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();
}
