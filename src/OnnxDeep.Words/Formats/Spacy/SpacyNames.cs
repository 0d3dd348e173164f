using System.Buffers;
using System.Text.Json;

using CommunityToolkit.HighPerformance.Buffers;
using OnnxDeep.Numerics;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>The names of a model's keys, selected from all strings in strings.json, which is read in pieces.</summary>
internal sealed class SpacyNames : IDisposable
{
    // The maximum length of one string with its escapes.
    private const int MostBufferBytes = 1 << 22;

    private readonly ArrayPoolBufferWriter<byte> _bytes = new();
    private readonly Dictionary<ulong, (int Start, int Length, long Offset)> _places;
    private byte[] _unescaped = [];

    /// <summary>Creates the collection for a set of keys.</summary>
    /// <param name="hashes">The hashes of the keys.</param>
    /// <param name="count">The approximate number of hashes.</param>
    public SpacyNames(IEnumerable<ulong> hashes, int count)
    {
        _places = new Dictionary<ulong, (int, int, long)>(count);
        foreach (ulong hash in hashes)
        {
            _places[hash] = (0, -1, 0);
        }
    }

    /// <summary>Reads strings.json, a list of strings.</summary>
    /// <exception cref="FileFormatException">The file is not such a list.</exception>
    public void Read(Stream stream, string path, CancellationToken stop)
    {
        byte[] buffer = new byte[1 << 16];
        int length = 0;
        long offset = 0;
        var state = new JsonReaderState();
        bool isLast = false;
        bool isOpen = false;
        while (!isLast)
        {
            stop.ThrowIfCancellationRequested();
            if (offset > SourceLimits.MemberBytes)
            {
                throw new FileFormatException(
                    path,
                    offset,
                    FormattableString.Invariant($"a file of at most {SourceLimits.MemberBytes:N0} bytes"));
            }

            if (length == buffer.Length)
            {
                if (length >= MostBufferBytes)
                {
                    throw new FileFormatException(
                        path, offset, FormattableString.Invariant($"strings of at most {MostBufferBytes:N0} bytes"));
                }

                Array.Resize(ref buffer, length * 2);
            }

            int read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            isLast = read == 0;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, length), isLast, state);
            ReadStrings(ref reader, path, offset, ref isOpen);
            int consumed = (int)reader.BytesConsumed;
            state = reader.CurrentState;
            buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
            length -= consumed;
            offset += consumed;
        }
    }

    /// <summary>Gets the name of a key.</summary>
    /// <param name="hash">One of the hashes.</param>
    /// <param name="name">The name in UTF-8, if the file is valid.</param>
    /// <param name="offset">The offset of the name in the file.</param>
    /// <returns><see langword="false"/> if no string has the hash.</returns>
    public bool TryGet(ulong hash, out ReadOnlySpan<byte> name, out long offset)
    {
        (int start, int length, offset) = _places[hash];
        name = length < 0 ? [] : _bytes.WrittenSpan.Slice(start, length);
        return length >= 0;
    }

    /// <summary>Returns the buffer.</summary>
    public void Dispose() => _bytes.Dispose();

    private void ReadStrings(ref Utf8JsonReader reader, string path, long offset, ref bool isOpen)
    {
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String && isOpen)
                {
                    Add(ref reader, offset + reader.TokenStartIndex);
                }
                else if (reader.TokenType == JsonTokenType.StartArray && !isOpen)
                {
                    isOpen = true;
                }
                else if (reader.TokenType != JsonTokenType.EndArray)
                {
                    throw new FileFormatException(
                        path, offset + reader.TokenStartIndex, $"a list of strings, found {reader.TokenType}");
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FileFormatException(path, offset + reader.BytesConsumed, "a JSON list of strings", e);
        }
    }

    private void Add(ref Utf8JsonReader reader, long offset)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            if (_unescaped.Length < name.Length)
            {
                _unescaped = new byte[name.Length];
            }

            name = _unescaped.AsSpan(0, reader.CopyString(_unescaped));
        }

        ulong hash = WordHash.Murmur64A(name);
        if (_places.TryGetValue(hash, out (int Start, int Length, long Offset) place) && place.Length < 0)
        {
            _places[hash] = (_bytes.WrittenCount, name.Length, offset);
            _bytes.Write(name);
        }
    }
}
