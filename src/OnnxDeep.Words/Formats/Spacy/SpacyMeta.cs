using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>The description of a model in meta.json.</summary>
/// <param name="Name">The name, such as "en_core_web_md"; null if there is none.</param>
/// <param name="Version">The minimum version of spaCy.</param>
internal sealed partial record SpacyMeta(string? Name, Version Version)
{
    // A longer text is not a name.
    private const int MostNameLength = 256;

    /// <summary>The defaults for a model without the file.</summary>
    public static readonly SpacyMeta Unknown = new(null, new Version(3, 0));

    /// <summary>Reads the file.</summary>
    /// <exception cref="FileFormatException">The file is not a JSON object.</exception>
    public static SpacyMeta Parse(byte[] json, string path)
    {
        using JsonDocument document = SpacyConfig.ParseObject(json, path);
        string? language = SpacyConfig.Text(document.RootElement, "lang");
        string? name = SpacyConfig.Text(document.RootElement, "name");
        Match match = VersionPattern().Match(SpacyConfig.Text(document.RootElement, "spacy_version") ?? string.Empty);
        return new SpacyMeta(
            language?.Length > 0 && name is { Length: > 0 and < MostNameLength } ? $"{language}_{name}" : null,
            match.Success ? new Version(Number(match.Groups[1]), Number(match.Groups[2])) : Unknown.Version);
    }

    private static int Number(Group digits) =>
        int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([0-9]{1,3})\.([0-9]{1,3})")]
    private static partial Regex VersionPattern();
}
