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

    /// <summary>Returns the error for the first name that no row has; null if there is none.</summary>
    /// <param name="parameter">The parameter with the names.</param>
    /// <param name="names">The names.</param>
    public ErrorRecord? FindMissing(string parameter, IReadOnlyList<string> names) =>
        _first is PSObject row && names.FirstOrDefault(name => !_seen.Contains(name)) is string missing
            ? Errors.PropertyNotFound(parameter, [missing], row)
            : null;
}
