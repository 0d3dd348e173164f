using System.Text;
using System.Text.RegularExpressions;

namespace OnnxDeep.Packager;

/// <summary>Texts of licences.</summary>
internal static partial class LicenseText
{
    private const string Extension = ".txt";
    private const string CopyrightPlace = "{copyright}";

    /// <summary>Reads a text with line feeds and without white space at the ends of lines.</summary>
    public static string Read(string file) => Clean(File.ReadAllText(file));

    /// <summary>Returns a text with line feeds and without white space at the ends of lines.</summary>
    public static string Clean(string text) => EndOfLine().Replace(text, "\n").Trim('\n', '\uFEFF') + "\n";

    /// <summary>Returns the standard text of a licence; null if it is not one of those in this program.</summary>
    /// <param name="license">The SPDX identifier.</param>
    /// <param name="copyright">The copyright line to insert.</param>
    public static string? Standard(string license, string copyright) =>
        Load(license)?.Replace(CopyrightPlace, copyright, StringComparison.Ordinal);

    /// <summary>Returns the SPDX identifier of the licence that one of the texts is, or null.</summary>
    public static string? Recognize(IReadOnlyList<string> texts) => typeof(LicenseText).Assembly
        .GetManifestResourceNames()
        .Order(StringComparer.Ordinal)
        .Select(name => Path.GetFileNameWithoutExtension(name))
        .FirstOrDefault(license => texts.Any(text => Words(text) == Words(Load(license)!)));

    private static string? Load(string license)
    {
        using Stream? stream = typeof(LicenseText).Assembly.GetManifestResourceStream(license + Extension);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Clean(reader.ReadToEnd());
    }

    // The words of the terms, without the title and the copyright lines before them.
    private static string Words(string text)
    {
        string words = string.Join(' ', NotWord().Split(text.ToUpperInvariant()).Where(word => word.Length > 0));
        int start = words.IndexOf("PERMISSION IS HEREBY GRANTED", StringComparison.Ordinal);
        start = start < 0 ? words.IndexOf("REDISTRIBUTION AND USE", StringComparison.Ordinal) : start;
        return start < 0 ? words : words[start..];
    }

    [GeneratedRegex(@"[ \t\r]*\n")]
    private static partial Regex EndOfLine();

    [GeneratedRegex("[^A-Z0-9]+")]
    private static partial Regex NotWord();
}
