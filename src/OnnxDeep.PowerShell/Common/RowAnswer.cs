using System.Collections;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Adds the values of an answer to copies of rows. Properties of the rows keep their names and values; a value whose
/// name is taken gets another one, which a warning says once.
/// </summary>
/// <param name="cmdlet">The cmdlet that writes the warning.</param>
/// <param name="names">The names of the values.</param>
internal sealed class RowAnswer(OnnxDeepCmdlet cmdlet, params string[] names)
{
    private const string Prefix = "Predicted";

    private readonly string[] _names = [.. names];

    /// <summary>Copies a row and adds the values.</summary>
    /// <param name="row">An object or a hashtable, which is not changed.</param>
    /// <param name="values">The values in the order of the names.</param>
    public PSObject Add(PSObject row, params ReadOnlySpan<object?> values)
    {
        PSObject copy = Copy(row);
        List<(string Name, string Other)>? renamed = null;
        for (int i = 0; i < values.Length; i++)
        {
            if (copy.Properties[_names[i]] is PSPropertyInfo own)
            {
                _names[i] = FindFree(copy, names[i]);
                (renamed ??= []).Add((own.Name, _names[i]));
            }

            copy.Properties.Add(new PSNoteProperty(_names[i], values[i]), true);
        }

        if (renamed is not null)
        {
            cmdlet.WriteWarning(
                $"The rows have {(renamed.Count == 1 ? "a property" : "properties")} "
                + $"{string.Join(", ", renamed.Select(pair => pair.Name))}, which "
                + $"{(renamed.Count == 1 ? "is" : "are")} kept; the answers are in "
                + $"{string.Join(", ", renamed.Select(pair => pair.Other))}.");
        }

        return copy;
    }

    // A copy of any other object would share added properties with the object itself.
    private static PSObject Copy(PSObject row)
    {
        if (row.BaseObject is PSCustomObject)
        {
            return row.Copy();
        }

        var copy = new PSObject();
        if (row.BaseObject is IDictionary pairs)
        {
            foreach (DictionaryEntry pair in pairs)
            {
                Add(copy, $"{pair.Key}", pair.Value);
            }
        }
        else
        {
            foreach (PSPropertyInfo property in row.Properties)
            {
                Add(copy, property.Name, RowProperties.Evaluate(property));
            }
        }

        return copy;
    }

    private static void Add(PSObject copy, string name, object? value)
    {
        if (name.Length > 0 && copy.Properties[name] is null)
        {
            copy.Properties.Add(new PSNoteProperty(name, value), true);
        }
    }

    private static string FindFree(PSObject row, string name)
    {
        string other = name.StartsWith("Predict", StringComparison.Ordinal) ? Prefix + "Value" : Prefix + name;
        string free = other;
        for (int number = 2; row.Properties[free] is not null; number++)
        {
            free = FormattableString.Invariant($"{other}{number}");
        }

        return free;
    }
}
