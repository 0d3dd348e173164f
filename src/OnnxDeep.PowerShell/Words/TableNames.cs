using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Names and patterns of vector tables.</summary>
internal static class TableNames
{
    /// <summary>
    /// The names that match, each once; a name without a table is an error of its own, a pattern is not.
    /// </summary>
    public static IEnumerable<string> Resolve(Cmdlet cmdlet, IEnumerable<string> patterns)
    {
        IReadOnlyList<string> names = OnnxDeepCmdlet.Tables.GetNames();
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string pattern in patterns)
        {
            var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            bool isMatched = false;
            foreach (string name in names.Where(
                name => wildcard.IsMatch(name) || name.Equals(pattern, StringComparison.OrdinalIgnoreCase)))
            {
                isMatched = true;
                if (found.Add(name))
                {
                    yield return name;
                }
            }

            if (!isMatched && !WildcardPattern.ContainsWildcardCharacters(pattern))
            {
                cmdlet.WriteError(Errors.TableNotFound(pattern, names));
            }
        }
    }
}
