using System.Text;

using OnnxDeep.Numerics;

namespace OnnxDeep.Words.Table;

/// <summary>The n-gram rows of a memory-mapped table, from which words without a key get their vectors.</summary>
internal readonly unsafe struct SubwordVectors
{
    private const int MostNgrams = 1 << 16;
    private const int StackBytes = 512;

    private readonly VectorRows _rows;
    private readonly uint* _bucketRows;

    /// <summary>Describes n-grams; the caller has checked that they are inside the map.</summary>
    /// <param name="options">The n-gram lengths and the hash function.</param>
    /// <param name="rows">[n-grams, dimensions].</param>
    /// <param name="bucketRows">[buckets], the row of each plus one; null if bucket and row are the same.</param>
    public SubwordVectors(SubwordOptions options, VectorRows rows, uint* bucketRows)
    {
        Options = options;
        _rows = rows;
        _bucketRows = bucketRows;
    }

    public SubwordOptions Options { get; }

    public int Count => _rows.Count;

    /// <summary>[buckets], the row of each plus one; empty if bucket and row are the same.</summary>
    public ReadOnlySpan<uint> BucketRows =>
        _bucketRows is null ? [] : new ReadOnlySpan<uint>(_bucketRows, Options.Buckets);

    /// <summary>Writes the row of an n-gram as floats, without scaling it to unit length.</summary>
    public void CopyRow(int row, Span<float> destination) => _rows.CopyTo(row, destination);

    /// <summary>Writes the mean of the rows of a word's n-grams.</summary>
    /// <param name="word">The word as written; case matters.</param>
    /// <param name="vector">[dimensions]; zeros if no n-gram has a row.</param>
    public bool TryGetVector(string word, Span<float> vector)
    {
        vector.Clear();
        if (word.Length == 0 && Options.Hash == SubwordHash.Floret)
        {
            return false;
        }

        if (Options.IsLowerCase)
        {
            word = word.ToLowerInvariant();
        }

        Encoding utf8 = Encoding.UTF8;
        int most = utf8.GetMaxByteCount(Options.Begin.Length + word.Length + Options.End.Length);
        Span<byte> text = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        int end = utf8.GetBytes(Options.Begin, text);
        end += utf8.GetBytes(word, text[end..]);
        text = text[..(end + utf8.GetBytes(Options.End, text[end..]))];
        Span<float> row = vector.Length <= 512 ? stackalloc float[vector.Length] : new float[vector.Length];
        int count = 0;
        if (Options.Hash == SubwordHash.Floret)
        {
            count += AddFloret(text, vector, row);

            // spaCy slices by every length from the minimum up, so empty slices count once per position.
            int empty = Options.MinimumLength == 0 ? Ngrams.CountCharacters(text) + 1 : 0;
            for (int i = 0; i < empty; i++)
            {
                count += AddFloret([], vector, row);
            }
        }

        foreach (ReadOnlySpan<byte> ngram in Ngrams.Of(text, Options))
        {
            if (count >= MostNgrams)
            {
                break;
            }

            count += Options.Hash == SubwordHash.Floret
                ? AddFloret(ngram, vector, row)
                : AddBucket(WordHash.Fnv1A(ngram) % (uint)Options.Buckets, vector, row);
        }

        if (count > 0)
        {
            VectorMath.ToMean(vector, count);
        }

        return count > 0;
    }

    private int AddFloret(ReadOnlySpan<byte> ngram, Span<float> sum, Span<float> row)
    {
        (ulong low, ulong high) = WordHash.Murmur3X64(ngram, Options.HashSeed);
        int added = 0;
        for (int i = 0; i < Options.HashCount; i++)
        {
            ulong half = i < 2 ? low : high;
            uint hash = (uint)(i % 2 == 0 ? half : half >> 32);
            added += AddBucket(hash % (uint)Options.Buckets, sum, row);
        }

        return added;
    }

    private int AddBucket(uint bucket, Span<float> sum, Span<float> row)
    {
        uint index = _bucketRows is null ? bucket : _bucketRows[bucket] - 1;
        if (index >= (uint)_rows.Count)
        {
            return 0;
        }

        _rows.CopyTo((int)index, row);
        VectorMath.Add(sum, row);
        return 1;
    }
}

/// <summary>The programs whose n-grams a table can hold.</summary>
public enum SubwordHash
{
    /// <summary>
    /// fastText: FNV-1a of each n-gram; single markers are left out; a word without n-grams has no vector.
    /// </summary>
    FastText,

    /// <summary>floret, as spaCy reads it: the complete word and each n-gram by MurmurHash3 (x64, 128 bits).</summary>
    Floret,
}
