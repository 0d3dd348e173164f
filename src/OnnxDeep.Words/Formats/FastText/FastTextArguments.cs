using System.Buffers.Binary;

using OnnxDeep.IO;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>The training arguments in a fastText model that affect its vectors.</summary>
/// <param name="Dimensions">The number of dimensions of a vector.</param>
/// <param name="Buckets">The number of buckets that n-grams are hashed into.</param>
/// <param name="MinimumLength">The minimum number of characters of an n-gram.</param>
/// <param name="MaximumLength">The maximum number of characters of an n-gram; 0 if the model has no n-grams.</param>
/// <param name="IsUnmarked">
/// Whether the model is older than version 11: it has neither a mark nor a version, and cannot be quantised.
/// </param>
internal sealed record FastTextArguments(
    int Dimensions, int Buckets, int MinimumLength, int MaximumLength, bool IsUnmarked)
{
    // The integers before the sampling threshold, and what each must be in a model without a mark. Those of the
    // dictionary, which follow, add up; so no other format begins with such bytes.
    private static readonly (int Least, int Most)[] s_unmarked =
    [
        (1, SourceLimits.Dimensions), (0, 1 << 16), (0, 1 << 20), (0, int.MaxValue), (0, 1 << 16), (0, 1 << 16),
        (1, 3), (1, Supervised), (0, int.MaxValue), (0, Term.MaximumLength), (0, Term.MaximumLength), (0, int.MaxValue),
    ];

    private const int OldestVersion = 11;
    private const int NewestVersion = 12;
    private const int Supervised = 3;

    // Window, epochs, minimum count, negatives, word n-grams, loss.
    private const int BeforeModel = 6 * sizeof(int);
    private const int UpdateRateAndThreshold = sizeof(int) + sizeof(double);

    /// <summary>Whether words have n-grams.</summary>
    public bool HasSubwords => MaximumLength > 0 && MaximumLength >= MinimumLength;

    /// <summary>
    /// Whether a file begins like a model from before version 11: arguments that make sense, and a dictionary whose
    /// words and labels add up.
    /// </summary>
    /// <param name="prefix">The first bytes of the file.</param>
    public static bool IsUnmarkedModel(ReadOnlySpan<byte> prefix)
    {
        int dictionary = (s_unmarked.Length * sizeof(int)) + sizeof(double);
        if (prefix.Length < dictionary + (3 * sizeof(int)) + sizeof(long))
        {
            return false;
        }

        for (int i = 0; i < s_unmarked.Length; i++)
        {
            int value = BinaryPrimitives.ReadInt32LittleEndian(prefix[(i * sizeof(int))..]);
            if (value < s_unmarked[i].Least || value > s_unmarked[i].Most)
            {
                return false;
            }
        }

        double threshold = BinaryPrimitives.ReadDoubleLittleEndian(prefix[(dictionary - sizeof(double))..]);
        prefix = prefix[dictionary..];
        int size = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        int words = BinaryPrimitives.ReadInt32LittleEndian(prefix[sizeof(int)..]);
        int labels = BinaryPrimitives.ReadInt32LittleEndian(prefix[(2 * sizeof(int))..]);
        long tokens = BinaryPrimitives.ReadInt64LittleEndian(prefix[(3 * sizeof(int))..]);
        return threshold is >= 0 and <= 1
            && words >= 0 && labels >= 0 && size > 0 && size == (long)words + labels && tokens >= 0;
    }

    /// <summary>Reads the start of the file up to the dictionary.</summary>
    /// <exception cref="FileFormatException">
    /// The file is not a model of a known version, or its arguments are invalid.
    /// </exception>
    public static FastTextArguments Read(SourceReader reader)
    {
        int dimensions = reader.ReadInt32("the mark of a fastText model");
        bool isUnmarked = dimensions != VectorFormats.FastTextMagic;
        int version = 0;
        if (!isUnmarked)
        {
            version = reader.ReadInt32("a version");
            Check(reader, version, OldestVersion, NewestVersion, "a version");
            dimensions = reader.ReadInt32("a number of dimensions");
        }

        Check(reader, dimensions, 1, SourceLimits.Dimensions, "a number of dimensions");
        reader.Skip(BeforeModel, "the model's arguments");
        int model = reader.ReadInt32("a kind of model");
        int buckets = reader.ReadInt32("a number of buckets");
        int minimum = Math.Max(0, reader.ReadInt32("the minimum length of an n-gram"));
        int maximum = reader.ReadInt32("the maximum length of an n-gram");

        // Supervised models before version 12 had no character n-grams, whatever their arguments say.
        maximum = version <= OldestVersion && model == Supervised ? 0 : Math.Max(0, maximum);
        Check(reader, maximum, 0, Term.MaximumLength, "the maximum length of an n-gram,");
        var arguments = new FastTextArguments(dimensions, buckets, minimum, maximum, isUnmarked);
        Check(reader, buckets, arguments.HasSubwords ? 1 : 0, int.MaxValue, "a number of buckets");
        reader.Skip(UpdateRateAndThreshold, "the model's arguments");
        return arguments;
    }

    /// <summary>The options with which a table computes the same n-grams.</summary>
    public SubwordOptions ToOptions() => new()
    {
        Hash = SubwordHash.FastText,
        MinimumLength = MinimumLength,
        MaximumLength = MaximumLength,
        Buckets = Buckets,
    };

    private static void Check(SourceReader reader, int value, int least, int most, string what)
    {
        if (value < least || value > most)
        {
            throw new FileFormatException(
                reader.Path, reader.Offset - sizeof(int), $"{what} from {least} to {most}, found {value}");
        }
    }
}
