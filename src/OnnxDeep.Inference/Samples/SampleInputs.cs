using System.Buffers.Binary;

using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Samples;

/// <summary>
/// Made-up values for a model's inputs, the same from a seed on every machine: floating point numbers in [-1, 1);
/// places in a stored table where they are looked up in one; else 0 or 1 for whole numbers of 32 and 64 bits, but no 0
/// as a divisor or a scalar, and 1 to 9 for smaller ones; and of texts those that the model itself holds, else letters.
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

    /// <summary>Gets ready.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="signature">What it takes.</param>
    /// <param name="shape">The open extents.</param>
    /// <param name="given">Values by names of inputs that are not made up.</param>
    /// <exception cref="ModelException">The extents do not fit the model, or the values.</exception>
    public SampleInputs(
        string path, OnnxSignature signature, SampleShape shape, IReadOnlyDictionary<string, OnnxValue>? given = null)
    {
        _path = path;
        _given = given ?? new Dictionary<string, OnnxValue>();
        _inputs = [.. signature.Inputs.Where(input => !input.HasDefault && !_given.ContainsKey(input.Name))];
        _extents = new SampleExtents(
            shape, [.. signature.Inputs.Where(input => !input.HasDefault || _given.ContainsKey(input.Name))], _given);
    }

    /// <summary>The rows of a batch; 1 where the model has none.</summary>
    public long BatchSize => _extents.BatchSize;

    /// <summary>A value for each input that needs one, the given ones among them.</summary>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ModelException">
    /// There is none for an input: it takes a map, or says too little of itself.
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
    /// Runs something with these values; where the runtime refuses them, the error says that they are made up.
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
                + "generated; if the model needs others, give them.",
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
            $"No values can be generated for the input '{input}'. Give a value."),
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

    // Tables are looked up by types of 32 and 64 bits, of which 0 and 1 are the safest;
    // small types are pixels and the like.
    // A single number is a setting, such as a step, whose 0 ends the process in some operators.
    private (int Least, int Count) GetRange(OnnxParameter input, int size, bool isScalar)
    {
        const int Levels = 9;
        const int Safest = 2;
        if (size < sizeof(int))
        {
            return (1, Levels);
        }

        _ranges ??= OnnxWholeRanges.Read(_path);
        (long least, long? end) = _ranges.GetValueOrDefault(input.Name, isScalar ? (1, 2) : (0, null));
        return ((int)least, (int)Math.Clamp((end ?? (least + Safest)) - least, 1, int.MaxValue));
    }

    private OnnxTensor CreateTexts(OnnxParameter input, OnnxType type, DeterministicRandom random)
    {
        long[] shape = _extents.Resolve(input, type);
        _texts ??= OnnxTexts.Read(_path);
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
