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

    private readonly string _path;
    private readonly OnnxParameter[] _inputs;
    private readonly IReadOnlyDictionary<string, OnnxValue> _given;
    private readonly SampleExtents _extents;
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
        _given = given ?? new Dictionary<string, OnnxValue>();
        _inputs = [.. signature.Inputs.Where(input => !input.HasDefault && !_given.ContainsKey(input.Name))];
        _extents = new SampleExtents(
            shape, [.. signature.Inputs.Where(input => !input.HasDefault || _given.ContainsKey(input.Name))], _given);
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
            throw new ModelException(
                e.ErrorId,
                $"{e.Message} The values of {string.Join(", ", _inputs.Select(input => $"'{input.Name}'"))} are "
                + "generated; if the model needs other values, specify them.",
                e.InnerException)
            {
                Context = ErrorContext.GeneratedInputs,
            };
        }
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
        if (size < sizeof(int))
        {
            return (1, Levels);
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
        foreach (ref string text in texts.AsSpan())
        {
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
