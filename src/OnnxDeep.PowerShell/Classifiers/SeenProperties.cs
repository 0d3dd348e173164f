using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>
/// Finds the properties that a user names and no row has, such as misspelt ones. Rows may differ, so all of them are
/// looked at before a training.
/// </summary>
internal sealed class SeenProperties
{
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private PSObject? _first;

    /// <summary>Notes which of the names a row has.</summary>
    public void Look(PSObject row, params ReadOnlySpan<string> names)
    {
        _first ??= row;
        foreach (string name in names)
        {
            if (!_seen.Contains(name) && RowProperties.Has(row, name))
            {
                _seen.Add(name);
            }
        }
    }

    /// <summary>Returns the names that no row has.</summary>
    public string[] FindMissing(IReadOnlyList<string> names) => [.. names.Where(name => !_seen.Contains(name))];

    /// <summary>
    /// Returns the error for the names of the first parameter that no row has; null if all names exist.
    /// </summary>
    /// <param name="parameters">The parameters with their names.</param>
    public ErrorRecord? FindMissing(params ReadOnlySpan<(string Parameter, IReadOnlyList<string> Names)> parameters)
    {
        foreach ((string parameter, IReadOnlyList<string> names) in parameters)
        {
            string[] missing = FindMissing(names);
            if (_first is PSObject row && missing.Length > 0)
            {
                return Errors.PropertyNotFound(parameter, missing, row);
            }
        }

        return null;
    }
}
