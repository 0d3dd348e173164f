using System.Buffers;
using System.Collections.Frozen;
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

    // Releases 2.1 to 2.3 agree with 3.x below this number; their other symbols are not words.
    private const ulong FirstOf3 = 453;

    // The first id since 2.1, and in 2.0, where 0 means none: those strings had a hash there, like any other.
    private static readonly (ulong First, ulong FirstIn20, string Names)[] s_runs =
    [
        (1, 1,
            "IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE IS_UPPER LIKE_URL LIKE_NUM LIKE_EMAIL "
            + "IS_STOP IS_OOV_DEPRECATED IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY"),
        (64, 64,
            "ID ORTH LOWER NORM SHAPE PREFIX SUFFIX LENGTH CLUSTER LEMMA POS TAG DEP ENT_IOB ENT_TYPE HEAD "
            + "SENT_START SPACY PROB"),
        (83, 449, "LANG"),
        (84, 83,
            "ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X EOL SPACE"),
        (380, 378, "PERSON NORP FACILITY ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE"),
        (390, 448, "LAW"),
        (391, 388,
            "DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL acomp advcl advmod agent amod appos attr aux auxpass "
            + "cc ccomp complm conj cop csubj csubjpass dep det dobj expl hmod hyph infmod intj iobj mark meta neg "
            + "nmod nn npadvmod nsubj nsubjpass num number oprd obj obl parataxis partmod pcomp pobj poss possessive "
            + "preconj prep prt punct quantmod"),
        (447, 0, "relcl"),
        (448, 444, "rcmod root xcomp acl"),
        (452, 0, "ENT_KB_ID"),
        (FirstOf3, 0, "MORPH ENT_ID IDX _"),
    ];

    private static readonly FrozenDictionary<ulong, string> s_names = NumberSymbols(run => run.First);
    private static readonly FrozenDictionary<ulong, string> s_namesIn20 = NumberSymbols(run => run.FirstIn20);

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

    /// <summary>
    /// Gets the string that spaCy represents by a small number instead of a hash, and therefore omits from
    /// strings.json: "number", "mark" and "root" are also words. FLAG19 to FLAG63 and 104 to 379, the morphological
    /// features that 3.0 removed, are left out because they are not words. Source: spacy/symbols.pxd of the releases
    /// 2.0.0 to 3.8.
    /// </summary>
    /// <param name="id">A key in key2row.</param>
    /// <param name="version">The version of spaCy.</param>
    /// <returns>The string; null for hashes and for symbols that are not words.</returns>
    public static string? NameOfSymbol(ulong id, Version version)
    {
        if (version.Major == 2 && (version.Minor == 0 || id >= FirstOf3))
        {
            return version.Minor == 0 ? s_namesIn20.GetValueOrDefault(id) : null;
        }

        return s_names.GetValueOrDefault(id);
    }

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

            try
            {
                name = _unescaped.AsSpan(0, reader.CopyString(_unescaped));
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, which has no UTF-8 and therefore no hash.
                return;
            }
        }

        ulong hash = WordHash.Murmur64A(name);
        if (_places.TryGetValue(hash, out (int Start, int Length, long Offset) place) && place.Length < 0)
        {
            _places[hash] = (_bytes.WrittenCount, name.Length, offset);
            _bytes.Write(name);
        }
    }

    private static FrozenDictionary<ulong, string> NumberSymbols(
        Func<(ulong First, ulong FirstIn20, string Names), ulong> first)
    {
        var names = new Dictionary<ulong, string>();
        foreach ((ulong First, ulong FirstIn20, string Names) run in s_runs.Where(run => first(run) > 0))
        {
            ulong id = first(run);
            foreach (string name in run.Names.Split(' '))
            {
                names.Add(id++, name);
            }
        }

        return names.ToFrozenDictionary();
    }
}
