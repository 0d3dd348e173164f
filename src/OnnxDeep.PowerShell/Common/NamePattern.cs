using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// A name that may contain wildcards. The exact name always matches, because names may contain brackets and asterisks,
/// and a text that is not a valid pattern, such as a[1, matches nothing else.
/// </summary>
internal sealed class NamePattern
{
    private readonly string _text;
    private readonly WildcardPattern? _pattern;

    public NamePattern(string text)
    {
        _text = text;
        try
        {
            _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);

            // Only the first use parses the pattern.
            _pattern.IsMatch(string.Empty);
        }
        catch (WildcardPatternException)
        {
            _pattern = null;
        }
    }

    /// <summary>Whether the text can match several names, so that finding none is not an error.</summary>
    public bool IsWildcard => _pattern is not null && WildcardPattern.ContainsWildcardCharacters(_text);

    /// <summary>Returns whether a name matches, in any case.</summary>
    public bool IsMatch(string name) =>
        name.Equals(_text, StringComparison.OrdinalIgnoreCase) || (_pattern?.IsMatch(name) ?? false);
}
