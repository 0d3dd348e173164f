using System.Buffers.Binary;

using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Samples;

/// <summary>
/// Generates values for a model's inputs; a seed gives the same values on every machine. Floating-point numbers are in
/// [-1, 1). Integers that index a stored table are indices into it; other integers of 32 and 64 bits are 0 or 1, but
/// not 0 for a divisor or a scalar, and smaller integers are 1 to 9. Strings are taken from those in the model; if it
/// has none, they consist of random letters.
/// </summary>
public sealed class SampleInputs
{
    private const int LongestText = 8;
    private const int CheckedBytes = 1 << 20;

    // Sizes that are tried must not take much memory: a second of sound of 64 rows, or a picture of 1,024 pixels.
    private const long MostTried = 4 << 20;

    private static readonly HashSet<string> s_sampleRates = new(StringComparer.OrdinalIgnoreCase)
    {
        "sr", "sample_rate", "sampling_rate", "samplerate",
    };

    private static readonly Dictionary<string, long> s_none = [];

    private readonly string _path;
    private readonly OnnxParameter[] _inputs;
    private readonly IReadOnlyDictionary<string, OnnxValue> _given;
    private readonly OnnxParameter[] _all;
    private readonly SampleShape _shape;
    private SampleExtents _extents;
    private ExtentHints? _hints;
    private bool _isSettled;
    private IReadOnlyList<string>? _texts;
    private IReadOnlyDictionary<string, (long Least, long? End)>? _ranges;

    /// <summary>Creates a generator.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="signature">The model's signature.</param>
    /// <param name="shape">The dynamic dimensions.</param>
    /// <param name="given">Values by name for inputs that are not generated.</param>
    /// <exception cref="ModelException">The dimensions do not fit the model or the values.</exception>
    public SampleInputs(
        string path, OnnxSignature signature, SampleShape shape, IReadOnlyDictionary<string, OnnxValue>? given = null)
    {
        _path = path;
        _shape = shape;
        _given = given ?? new Dictionary<string, OnnxValue>();
        _inputs = [.. signature.Inputs.Where(input => !input.HasDefault && !_given.ContainsKey(input.Name))];
        _all = [.. signature.Inputs.Where(input => !input.HasDefault || _given.ContainsKey(input.Name))];
        _extents = Extents(shape, s_none);
    }

    /// <summary>The rows of a batch; 1 if the model has no batch axis.</summary>
    public long BatchSize => _extents.BatchSize;

    /// <summary>The names of the inputs whose values are generated.</summary>
    public IEnumerable<string> Generated => _inputs.Select(input => input.Name);

    /// <summary>Returns a value for each input that needs one, including the given values.</summary>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ModelException">
    /// No value can be generated for an input: it is a map, or the model does not specify enough.
    /// </exception>
    /// <exception cref="FileFormatException">The model cannot be read.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Create(ulong seed)
    {
        var random = new DeterministicRandom(seed, RandomPurpose.Data);
        var values = new Dictionary<string, OnnxValue>(_given, StringComparer.Ordinal);
        foreach (OnnxParameter input in _inputs)
        {
            values.Add(input.Name, Create(input, input.Type, random));
        }

        return values;
    }

    /// <summary>Cancels the generation of values and the search for extents.</summary>
    internal CancellationToken CancellationToken { get; init; }

    /// <summary>The shapes of the inputs of the last run, such as <c>input [1, 512]</c>.</summary>
    internal IReadOnlyList<string> Shapes { get; private set; } = [];

    /// <summary>
    /// The shapes, if the model did not run with dynamic axes of 1 and larger extents were found by trying; otherwise
    /// empty.
    /// </summary>
    internal string Choice { get; private set; } = string.Empty;

    private ExtentHints Hints => _hints ??= ExtentHints.Read(_path);

    /// <summary>
    /// Runs a model with generated values. If it rejects the first ones, tries larger extents for dynamic axes that
    /// nothing determines, and keeps those with which it runs.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="run">Runs the model.</param>
    /// <exception cref="ModelException">The run failed with all extents; the first error is reported.</exception>
    internal (IReadOnlyDictionary<string, OnnxValue> Values, T Result) Run<T>(
        ulong seed, Func<IReadOnlyDictionary<string, OnnxValue>, T> run)
    {
        try
        {
            return RunOnce(seed, run);
        }
        catch (ModelException e) when (e.ErrorId == ErrorIds.ModelInvalid && _inputs.Length > 0)
        {
            return TryOthers(seed, run) ?? throw Rejected(e);
        }
    }

    /// <summary>
    /// Calls a function that runs a model with these values; if the runtime rejects them, the error says that they are
    /// generated.
    /// </summary>
    /// <exception cref="ModelException">The run failed.</exception>
    internal T Guard<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (ModelException e) when (e.ErrorId == ErrorIds.ModelInvalid && _inputs.Length > 0)
        {
            throw Rejected(e);
        }
    }

    private static bool IsModest(SampleExtents extents, OnnxParameter input)
    {
        try
        {
            return input.Type.Shape is null
                || TensorShape.Count(extents.Resolve(input, input.Type)) is long and <= MostTried;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    private (IReadOnlyDictionary<string, OnnxValue> Values, T Result) RunOnce<T>(
        ulong seed, Func<IReadOnlyDictionary<string, OnnxValue>, T> run)
    {
        IReadOnlyDictionary<string, OnnxValue> values = Create(seed);
        T result = run(values);
        _isSettled = true;
        Shapes =
        [
            .. values.Select(pair =>
                pair.Value is OnnxTensor tensor ? $"{pair.Key} {TensorShape.ToText(tensor.Shape)}" : pair.Key),
        ];
        return (values, result);
    }

    // Null if the model runs with no other extents either.
    private (IReadOnlyDictionary<string, OnnxValue> Values, T Result)? TryOthers<T>(
        ulong seed, Func<IReadOnlyDictionary<string, OnnxValue>, T> run)
    {
        SampleExtents first = _extents;
        foreach (SampleExtents extents in _isSettled ? [] : ListExtents())
        {
            _extents = extents;
            try
            {
                (IReadOnlyDictionary<string, OnnxValue> Values, T Result) settled = RunOnce(seed, run);
                Choice = string.Join(", ", Shapes);
                return settled;
            }
            catch (ModelException e) when (e.ErrorId is ErrorIds.ModelInvalid or ErrorIds.InputTooLarge)
            {
                // The next extents may fit.
            }
        }

        _extents = first;
        return null;
    }

    // Some models have a dynamic batch in name only, so a single row is tried as well.
    private IEnumerable<SampleExtents> ListExtents()
    {
        SampleShape[] shapes = _shape.BatchSize is null && _shape.DefaultBatchSize > 1
            ? [_shape, _shape with { DefaultBatchSize = 1 }]
            : [_shape];
        foreach (SampleShape shape in shapes)
        {
            IEnumerable<IReadOnlyDictionary<string, long>> choices = ExtentChoices.List(
                Extents(shape, s_none).Open, Hints);
            foreach (IReadOnlyDictionary<string, long> chosen in shape == _shape ? choices : choices.Prepend(s_none))
            {
                CancellationToken.ThrowIfCancellationRequested();
                SampleExtents extents = Extents(shape, chosen);
                if (_inputs.All(input => IsModest(extents, input)))
                {
                    yield return extents;
                }
            }
        }
    }

    private SampleExtents Extents(SampleShape shape, IReadOnlyDictionary<string, long> chosen) =>
        new(shape, _all, _given)
        {
            Chosen = chosen, Demand = (input, axis, rank) => Hints.Demand(input.Name, axis, rank),
        };

    private ModelException Rejected(ModelException e)
    {
        string tried = _isSettled || _extents.Open.Count == 0 ? string.Empty
            : $" Larger sizes were tried for its dynamic dimensions ({string.Join(", ", _extents.Open)}), too.";
        return new ModelException(
            e.ErrorId,
            $"{e.Message} The values of {string.Join(", ", _inputs.Select(input => $"'{input.Name}'"))} are "
            + $"generated; if the model needs other values, specify them.{tried}",
            e.InnerException)
        {
            Context = ErrorContext.GeneratedInputs,
        };
    }

    private OnnxValue Create(OnnxParameter input, OnnxType type, DeterministicRandom random) => type.Kind switch
    {
        OnnxTypeKind.Tensor when type.ElementType == OnnxElementType.String => CreateTexts(input, type, random),
        OnnxTypeKind.Tensor when type.ElementType is not
            (OnnxElementType.Undefined or OnnxElementType.Complex64 or OnnxElementType.Complex128)
            && type.ElementType.GetSize() > 0 => CreateNumbers(input, type, random),
        OnnxTypeKind.Optional => Create(input, type.Item!, random),
        OnnxTypeKind.Sequence => new OnnxSequence([Create(input, type.Item!, random)]),
        _ => throw new ModelException(
            ErrorIds.InputNotGenerated,
            $"No values can be generated for the input '{input}'. Specify a value."),
    };

    private OnnxTensor CreateNumbers(OnnxParameter input, OnnxType type, DeterministicRandom random)
    {
        long[] shape = _extents.Resolve(input, type);
        int size = type.ElementType.GetSize();
        byte[] bytes = new byte[TensorShape.Count(shape)!.Value * size];
        bool isWhole = !type.ElementType.IsFloatingPoint() && type.ElementType != OnnxElementType.Bool;
        (int least, int count) = isWhole ? GetRange(input, size, shape.Length == 0) : default;
        for (int place = 0; place < bytes.Length; place += size)
        {
            if (place % CheckedBytes == 0)
            {
                CancellationToken.ThrowIfCancellationRequested();
            }

            Span<byte> element = bytes.AsSpan(place, size);
            switch (type.ElementType)
            {
                case OnnxElementType.Float:
                    BinaryPrimitives.WriteSingleLittleEndian(element, random.NextSingle(-1, 1));
                    break;
                case OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16:
                    ElementWriter.TryWrite((random.NextDouble() * 2) - 1, type.ElementType, element);
                    break;
                case OnnxElementType.Bool:
                    element[0] = (byte)random.Next(2);
                    break;
                default:
                    ElementWriter.TryWrite(least + random.Next(count), type.ElementType, element);
                    break;
            }
        }

        return new OnnxTensor(type.ElementType, shape, bytes);
    }

    // Indices are usually of 32 or 64 bits, and 0 and 1 are the safest; small types are pixels and the like. A scalar
    // is often a setting such as a step, and a step of 0 terminates the process in some operators.
    private (int Least, int Count) GetRange(OnnxParameter input, int size, bool isScalar)
    {
        const int Levels = 9;
        const int Safest = 2;
        const int SampleRate = 16_000;
        if (size < sizeof(int))
        {
            return (1, Levels);
        }

        if (s_sampleRates.Contains(input.Name))
        {
            return (SampleRate, 1);
        }

        _ranges ??= InputHints.ReadWholeRanges(_path);
        (long least, long? end) = _ranges.GetValueOrDefault(input.Name, isScalar ? (1, 2) : (0, null));
        return ((int)least, (int)Math.Clamp((end ?? (least + Safest)) - least, 1, int.MaxValue));
    }

    private OnnxTensor CreateTexts(OnnxParameter input, OnnxType type, DeterministicRandom random)
    {
        long[] shape = _extents.Resolve(input, type);
        _texts ??= InputHints.ReadTexts(_path);
        string[] texts = new string[TensorShape.Count(shape)!.Value];
        for (int i = 0; i < texts.Length; i++)
        {
            CancellationToken.ThrowIfCancellationRequested();
            ref string text = ref texts[i];
            text = _texts.Count > 0
                ? _texts[random.Next(_texts.Count)]
                : string.Create(1 + random.Next(LongestText), random, static (letters, random) =>
                {
                    foreach (ref char letter in letters)
                    {
                        letter = (char)('a' + random.Next('z' - 'a' + 1));
                    }
                });
        }

        return new OnnxTensor(shape, texts);
    }
}
