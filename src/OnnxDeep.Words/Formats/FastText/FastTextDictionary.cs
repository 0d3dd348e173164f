using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>The location of a fastText model's words, and the n-grams that it kept.</summary>
/// <param name="Start">The offset of the first entry.</param>
/// <param name="Words">The number of entries that are words; labels follow them.</param>
/// <param name="Kept">The number of n-grams that a quantised model kept; -1 if it kept all of them.</param>
/// <param name="BucketRows">
/// [buckets]: the n-gram row of each bucket plus one, 0 for none; empty if every bucket has its own row.
/// </param>
internal sealed record FastTextDictionary(long Start, int Words, long Kept, uint[] BucketRows)
{
    /// <summary>The size of the count and kind that follow an entry's word.</summary>
    public const int AfterWord = sizeof(long) + 1;

    private const int LeastEntry = 1 + AfterWord;
    private const int PairBytes = 2 * sizeof(int);

    // A table stores four bytes for each bucket of a pruned model; the default for training is two million buckets.
    private const int UsualBuckets = 1 << 22;
    private const int MostBuckets = 1 << 24;
    private const int BucketsOfOneKept = 64;

    /// <summary>Whether n-grams were removed, which only happens in quantised models.</summary>
    public bool IsPruned => Kept >= 0;

    /// <summary>Reads all entries up to the matrix without keeping the words.</summary>
    /// <param name="reader">The reader, at the start of the dictionary.</param>
    /// <param name="arguments">The arguments of the model.</param>
    /// <param name="fileLength">The size of the file in bytes.</param>
    /// <exception cref="FileFormatException">The dictionary is damaged or longer than the file.</exception>
    public static FastTextDictionary Read(SourceReader reader, FastTextArguments arguments, long fileLength)
    {
        long offset = reader.Offset;
        int size = reader.ReadInt32("a number of entries");
        int words = reader.ReadInt32("a number of words");
        int labels = reader.ReadInt32("a number of labels");
        reader.Skip(sizeof(long), "a number of tokens");
        long kept = arguments.IsUnmarked ? -1 : reader.ReadInt64("a number of kept n-grams");
        long most = (fileLength - reader.Offset) / LeastEntry;
        if (words < 0 || labels < 0 || size != (long)words + labels || size > most)
        {
            throw new FileFormatException(
                reader.Path,
                offset,
                $"as many entries as words and labels, at most {most}, found {size}, {words} and {labels}");
        }

        if (kept < -1 || kept > (fileLength - reader.Offset) / PairBytes)
        {
            throw new FileFormatException(
                reader.Path,
                reader.Offset - sizeof(long),
                $"-1 or a number of kept n-grams that the file can hold, found {kept}");
        }

        long start = reader.Offset;
        for (int i = 0; i < size; i++)
        {
            SkipEntry(reader, isWord: i < words);
        }

        uint[] bucketRows = kept > 0 && arguments.HasSubwords ? ReadKept(reader, kept, arguments.Buckets) : [];
        if (bucketRows.Length == 0)
        {
            reader.Skip(Math.Max(0, kept) * PairBytes, "the kept n-grams");
        }

        return new FastTextDictionary(start, words, kept, bucketRows);
    }

    private static void SkipEntry(SourceReader reader, bool isWord)
    {
        reader.ReadUntil(0, SourceLimits.ScannedKeyBytes, "a word and a NUL after it");
        reader.Skip(sizeof(long), "a word's count");
        byte kind = reader.ReadByte("a word's kind");
        if (kind != (isWord ? 0 : 1))
        {
            throw new FileFormatException(
                reader.Path, reader.Offset - 1, $"{(isWord ? "0, a word" : "1, a label")}, found {kind}");
        }
    }

    private static uint[] ReadKept(SourceReader reader, long kept, int buckets)
    {
        long most = Math.Clamp(kept * BucketsOfOneKept, UsualBuckets, MostBuckets);
        if (buckets > most)
        {
            throw new FileFormatException(
                reader.Path, reader.Offset, $"at most {most} buckets of which {kept} are kept, found {buckets}");
        }

        uint[] bucketRows = new uint[buckets];
        for (long i = 0; i < kept; i++)
        {
            int bucket = reader.ReadInt32("a kept n-gram");
            int row = reader.ReadInt32("a kept n-gram's row");
            if ((uint)bucket >= (uint)buckets || (uint)row >= kept)
            {
                throw new FileFormatException(
                    reader.Path,
                    reader.Offset - PairBytes,
                    $"a bucket below {buckets} and a row below {kept}, found {bucket} and {row}");
            }

            bucketRows[bucket] = (uint)row + 1;
        }

        return bucketRows;
    }
}
