using System.Globalization;

namespace OnnxDeep.Trainer.WordNet;

/// <summary>Reads the fields of a line from left to right; errors include the file and the line number.</summary>
internal ref struct WordNetLine(string path, int number, string text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The part of the line that has not been read.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest;

    /// <summary>Whether the line has no more fields.</summary>
    public readonly bool IsEnd => _rest.IsWhiteSpace();

    /// <summary>Reads the next field, which ends at a space.</summary>
    public ReadOnlySpan<char> Field(string expected)
    {
        _rest = _rest.TrimStart(' ');
        if (_rest.IsEmpty)
        {
            throw Error(expected);
        }

        int end = _rest.IndexOf(' ');
        ReadOnlySpan<char> field = end < 0 ? _rest : _rest[..end];
        _rest = _rest[field.Length..];
        return field;
    }

    /// <summary>Reads the next field as a nonnegative number, decimal or hexadecimal.</summary>
    public int Number(string expected, NumberStyles style = NumberStyles.None)
    {
        ReadOnlySpan<char> field = Field(expected);
        return int.TryParse(field, style, CultureInfo.InvariantCulture, out int value) && value >= 0
            ? value
            : throw Error($"{expected}, found '{field}'");
    }

    /// <summary>Reads the next field as a part of speech: n, v, a, s or r.</summary>
    public PartOfSpeech PartOfSpeech()
    {
        ReadOnlySpan<char> field = Field("a part of speech");
        return field switch
        {
            "n" => WordNet.PartOfSpeech.Noun,
            "v" => WordNet.PartOfSpeech.Verb,
            "a" or "s" => WordNet.PartOfSpeech.Adjective,
            "r" => WordNet.PartOfSpeech.Adverb,
            _ => throw Error($"a part of speech (n, v, a, s or r), found '{field}'"),
        };
    }

    /// <summary>Creates the error for this line.</summary>
    public readonly FileFormatException Error(string expected) => Damaged(path, number, expected);

    /// <summary>Creates the error for a line that does not conform to wndb(5WN).</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="line">The line number, from 1.</param>
    /// <param name="expected">The expected content.</param>
    public static FileFormatException Damaged(string path, int line, string expected) => new(
        "WordNetDamaged",
        "WordNet file",
        path,
        $"is damaged in line {line}: expected {expected}. Reinstall WordNet 3.0 (Debian's package wordnet-base).")
    {
        Line = line,
        Expected = expected,
    };
}
