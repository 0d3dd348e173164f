using System.Buffers.Binary;

using OnnxDeep.Numerics;
using OnnxDeep.Onnx;

namespace OnnxDeep.Inference;

/// <summary>
/// Made-up values for a model's inputs, the same from a seed on every machine: floating point numbers in [-1, 1), whole
/// numbers from 0 to 9, and of texts those that the model itself holds, else letters.
/// </summary>
public sealed class SampleInputs
{
    private const int WholeNumbers = 10;
    private const int LongestText = 8;

    private readonly string _path;
    private readonly OnnxParameter[] _inputs;
    private readonly IReadOnlyDictionary<string, OnnxValue> _given;
    private readonly SampleShape _shape;
    private readonly string? _batchSymbol;
    private IReadOnlyList<string>? _texts;

    /// <summary>Gets ready.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="signature">What it takes.</param>
    /// <param name="shape">The open extents.</param>
    /// <param name="given">Values by names of inputs that are not made up.</param>
    /// <exception cref="ModelException">The extents do not fit the model.</exception>
    public SampleInputs(
        string path, OnnxSignature signature, SampleShape shape, IReadOnlyDictionary<string, OnnxValue>? given = null)
    {
        _path = path;
        _given = given ?? new Dictionary<string, OnnxValue>();
        _inputs = [.. signature.Inputs.Where(input => !input.HasDefault && !_given.ContainsKey(input.Name))];
        _shape = shape;
        _batchSymbol = SampleShape.FindBatchSymbol(_inputs);
        shape.Check(_inputs);
        BatchSize = shape.GetBatchSize(_inputs);
    }

    /// <summary>The rows of a batch.</summary>
    public long BatchSize { get; }

    /// <summary>A value for each input that needs one, the given ones among them.</summary>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ModelException">There is none for an input: it takes a map, or says too little of itself.</exception>
    /// <exception cref="ModelFormatException">The model cannot be read.</exception>
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

    private OnnxValue Create(OnnxParameter input, OnnxType type, DeterministicRandom random) => type.Kind switch
    {
        OnnxTypeKind.Tensor when type.ElementType == OnnxElementType.String => CreateTexts(input, type, random),
        OnnxTypeKind.Tensor when type.ElementType is not (OnnxElementType.Undefined or OnnxElementType.Complex64 or OnnxElementType.Complex128)
            && type.ElementType.GetSize() > 0 => CreateNumbers(input, type, random),
        OnnxTypeKind.Optional => Create(input, type.Item!, random),
        OnnxTypeKind.Sequence => new OnnxSequence([Create(input, type.Item!, random)]),
        _ => throw new ModelException(
            ModelException.InputNotGenerated, $"No values can be made up for the input '{input}'. Give one with -InputObject."),
    };

    private OnnxTensor CreateNumbers(OnnxParameter input, OnnxType type, DeterministicRandom random)
    {
        long[] shape = _shape.Resolve(input, type, _batchSymbol, BatchSize);
        int size = type.ElementType.GetSize();
        byte[] bytes = new byte[TensorShape.Count(shape)!.Value * size];
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
                    // The smallest byte goes first, and the others stay 0.
                    element[0] = (byte)random.Next(WholeNumbers);
                    break;
            }
        }

        return new OnnxTensor(type.ElementType, shape, bytes);
    }

    private OnnxTensor CreateTexts(OnnxParameter input, OnnxType type, DeterministicRandom random)
    {
        long[] shape = _shape.Resolve(input, type, _batchSymbol, BatchSize);
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
