using System.Globalization;
using System.Text;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Unicode's normalisation forms (UAX 15) from a table of this project: .NET's own do nothing where it runs without
/// culture data. The table is read when the first text needs it.
/// </summary>
internal sealed class UnicodeForms
{
    private const string Resource = "OnnxDeep.Words.Lookup.Decompositions.txt";

    // All below are composed, with or without what follows.
    private const char FirstMark = '\u0300';

    private static readonly Lazy<UnicodeForms> s_table = new(() => new UnicodeForms());

    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, (char Kind, int[] Parts)> _decompositions = [];
    private readonly Dictionary<(int, int), int> _compositions = [];

    // The characters that a composed text may not contain or that may combine with the one before.
    private readonly HashSet<int> _changing = [];

    private UnicodeForms()
    {
        using Stream stream = typeof(UnicodeForms).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is string line)
        {
            Read(line);
        }

        foreach ((int code, (char kind, int[] parts)) in _decompositions)
        {
            if (kind == ' ')
            {
                _compositions[(parts[0], parts[1])] = code;
                _changing.Add(parts[1]);
            }
            else if (kind == '!')
            {
                _changing.Add(code);
            }
        }

        _changing.UnionWith(_classes.Keys);
    }

    /// <summary>Converts to form C: letters with their accents are single characters.</summary>
    public static string Compose(string text) =>
        text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstMark - 1)) ? s_table.Value.ComposeMarks(text) : text;

    /// <summary>Composes code points that <see cref="Decompose(string)"/> returned; some may be others now.</summary>
    public static string Compose(List<int> codes)
    {
        s_table.Value.ComposeAll(codes);
        var text = new StringBuilder(codes.Count);
        foreach (int code in codes)
        {
            text.Append(new Rune(code).ToString());
        }

        return text.ToString();
    }

    /// <summary>Converts to form KD: plain letters, each followed by its accents.</summary>
    /// <returns>The code points.</returns>
    public static List<int> Decompose(string text) => s_table.Value.DecomposeAll(text, isCompatible: true);

    private void Read(string line)
    {
        int end = line.AsSpan().IndexOfAny(" !~");
        string[] range = line[..end].Split('-');
        int first = Code(range[0]);
        int last = Code(range[^1]);
        string[] parts = line[(end + 1)..].Split(' ');
        for (int code = first; code <= last; code++)
        {
            if (parts[0][0] == '#')
            {
                _classes[code] = (byte)Code(parts[0][1..]);
            }
            else
            {
                int[] codes = [.. parts.Select(Code)];
                codes[0] += code - first;
                _decompositions[code] = (line[end], codes);
            }
        }
    }

    private static int Code(string text) =>
        int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private string ComposeMarks(string text)
    {
        foreach (char c in text)
        {
            if (c >= FirstMark && (char.IsSurrogate(c) || Hangul.IsPart(c) || _changing.Contains(c)))
            {
                return Compose(DecomposeAll(text, isCompatible: false));
            }
        }

        return text;
    }

    private List<int> DecomposeAll(string text, bool isCompatible)
    {
        var codes = new List<int>(text.Length + 8);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, isCompatible, codes);
        }

        // Marks are in the order of their classes.
        for (int i = 1; i < codes.Count; i++)
        {
            int mark = codes[i];
            int place = i;
            for (byte rank = Class(mark); place > 0 && rank > 0 && Class(codes[place - 1]) > rank; place--)
            {
                codes[place] = codes[place - 1];
            }

            codes[place] = mark;
        }

        return codes;
    }

    private void Decompose(int code, bool isCompatible, List<int> codes)
    {
        if (_decompositions.TryGetValue(code, out (char Kind, int[] Parts) found)
            && (isCompatible || found.Kind != '~'))
        {
            foreach (int part in found.Parts)
            {
                Decompose(part, isCompatible, codes);
            }
        }
        else if (!Hangul.TryDecompose(code, codes))
        {
            codes.Add(code);
        }
    }

    private void ComposeAll(List<int> codes)
    {
        int length = 0;
        int starter = -1;
        byte last = 0;
        foreach (int code in codes.ToArray())
        {
            byte rank = Class(code);
            bool isNext = starter >= 0 && (length == starter + 1 || last < rank);
            if (isNext && TryCompose(codes[starter], code, out int composed))
            {
                codes[starter] = composed;
                continue;
            }

            starter = rank == 0 ? length : starter;
            last = rank;
            codes[length++] = code;
        }

        codes.RemoveRange(length, codes.Count - length);
    }

    private bool TryCompose(int first, int second, out int composed) =>
        Hangul.TryCompose(first, second, out composed) || _compositions.TryGetValue((first, second), out composed);

    private byte Class(int code) => _classes.GetValueOrDefault(code);

    /// <summary>The Korean syllables, which are computed from their parts (The Unicode Standard, 3.12).</summary>
    private static class Hangul
    {
        private const int Syllables = 0xAC00;
        private const int Leads = 0x1100;
        private const int Vowels = 0x1161;
        private const int Tails = 0x11A7;
        private const int LeadCount = 19;
        private const int VowelCount = 21;
        private const int TailCount = 28;
        private const int SyllableCount = LeadCount * VowelCount * TailCount;

        /// <summary>Whether a character may combine with the one before.</summary>
        public static bool IsPart(int code) => code is > Leads and < Tails + TailCount;

        public static bool TryDecompose(int code, List<int> codes)
        {
            int number = code - Syllables;
            if ((uint)number >= SyllableCount)
            {
                return false;
            }

            codes.Add(Leads + (number / TailCount / VowelCount));
            codes.Add(Vowels + (number / TailCount % VowelCount));
            if (number % TailCount > 0)
            {
                codes.Add(Tails + (number % TailCount));
            }

            return true;
        }

        public static bool TryCompose(int first, int second, out int composed)
        {
            int lead = first - Leads;
            int vowel = second - Vowels;
            int syllable = first - Syllables;
            int tail = second - Tails;
            if ((uint)lead < LeadCount && (uint)vowel < VowelCount)
            {
                composed = Syllables + (((lead * VowelCount) + vowel) * TailCount);
                return true;
            }

            composed = first + tail;
            return (uint)syllable < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount;
        }
    }
}
