using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>What a model says of itself in meta.json.</summary>
/// <param name="Name">Such as "en_core_web_md"; null where it has none.</param>
/// <param name="Version">The oldest spaCy that it runs with.</param>
internal sealed partial record SpacyMeta(string? Name, Version Version)
{
    // Longer ones are no names.
    private const int MostNameLength = 256;

    /// <summary>What a model without the file counts as.</summary>
    public static readonly SpacyMeta Unknown = new(null, new Version(3, 0));

    /// <summary>Reads the file.</summary>
    /// <exception cref="FileFormatException">It is no JSON object.</exception>
    public static SpacyMeta Parse(byte[] json, string path)
    {
        using JsonDocument document = SpacyJson.Parse(json, path);
        string? language = SpacyJson.Text(document.RootElement, "lang");
        string? name = SpacyJson.Text(document.RootElement, "name");
        Match match = VersionPattern().Match(SpacyJson.Text(document.RootElement, "spacy_version") ?? string.Empty);
        return new SpacyMeta(
            language?.Length > 0 && name is { Length: > 0 and < MostNameLength } ? $"{language}_{name}" : null,
            match.Success ? new Version(Number(match.Groups[1]), Number(match.Groups[2])) : Unknown.Version);
    }

    private static int Number(Group digits) =>
        int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([0-9]{1,3})\.([0-9]{1,3})")]
    private static partial Regex VersionPattern();
}
