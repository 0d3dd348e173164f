using System.Text.RegularExpressions;

namespace OnnxDeep.Packager;

/// <summary>
/// Reads NOTICE, which has the works of others that are within OnnxDeep's own files. Lines of dashes separate its
/// sections; the first one is about OnnxDeep, and each other one begins with lines such as "Name: WordNet".
/// </summary>
internal static partial class NoticeFile
{
    /// <summary>Reads all sections but the first.</summary>
    /// <exception cref="PackagingException">A section has no name, version or other required line.</exception>
    public static IEnumerable<Component> Read(string path) =>
        Separator().Split(LicenseText.Read(path)).Skip(1).Select(section => ReadSection(path, section));

    private static Component ReadSection(string path, string section)
    {
        string[] parts = section.Trim('\n').Split("\n\n", 2);
        string[] lines = parts[0].Split('\n');
        Dictionary<string, string> fields = lines
            .Select(line => line.Split(": ", 2))
            .Where(field => field.Length == 2)
            .ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
        return new Component(Field("Name"), Field("Version"))
        {
            License = Field("License"),
            Copyright = Field("Copyright"),
            Source = Field("Source"),
            Files = Field("Files").Split(", "),
            Texts = [LicenseText.Clean(parts.Length == 2 ? parts[1] : Field("text after an empty line"))],
        };

        string Field(string name) => fields.TryGetValue(name, out string? value)
            ? value
            : throw new PackagingException(path, $"the section that begins with '{lines[0]}' has no {name}.");
    }

    [GeneratedRegex("^-{60,}\n", RegexOptions.Multiline)]
    private static partial Regex Separator();
}
