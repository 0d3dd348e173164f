using System.Collections;
using System.Management.Automation;
using OnnxDeep.Inference;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Reads properties of pipeline objects; for hashtables, their keys.</summary>
internal static class RowProperties
{
    private const int MostNames = 20;
    private const int LongestName = 64;

    /// <summary>Gets the first of the names that the row has, or null if it has none.</summary>
    public static string? Find(PSObject row, IEnumerable<string> names) => names.FirstOrDefault(name => Has(row, name));

    /// <summary>
    /// Gets the value of the first of the named properties that an object has, or null if it has none or the value is
    /// null. Keys of hashtables are not properties.
    /// </summary>
    public static object? FindValue(PSObject item, params string[] names)
    {
        PSPropertyInfo? property = names
            .Select(name => item.Properties[name])
            .FirstOrDefault(found => found is not null);
        return UnwrapUnlessCustom(property is null ? null : Read(property));
    }

    /// <summary>Returns whether the row has a property.</summary>
    public static bool Has(PSObject row, string name) => row.BaseObject is IDictionary keys
        ? FindKey(keys, name) is not null
        : name.Length > 0 && row.Properties[name] is not null;

    /// <summary>Gets a property's value, or null if there is none.</summary>
    public static object? Get(PSObject row, string name) => UnwrapUnlessCustom(
        row.BaseObject is not IDictionary keys
            ? name.Length > 0 && row.Properties[name] is PSPropertyInfo property ? Read(property) : null
        : FindKey(keys, name) is string key ? keys[key]
        : null);

    /// <summary>Gets a property's value without PowerShell's wrapper.</summary>
    /// <returns>Whether there is such a property.</returns>
    public static bool TryGet(PSObject row, string name, out object? value)
    {
        if (row.BaseObject is IDictionary keys)
        {
            string? key = FindKey(keys, name);
            value = key is null ? null : Unwrap(keys[key]);
            return key is not null;
        }

        PSPropertyInfo? property = name.Length > 0 ? row.Properties[name] : null;
        value = property is null ? null : Unwrap(Read(property));
        return property is not null;
    }

    /// <summary>Gets the values of a dictionary by the texts of its keys, which are names of inputs.</summary>
    /// <exception cref="ModelException">Two keys have the same text.</exception>
    public static Dictionary<string, object?> ToInputs(IDictionary pairs)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry pair in pairs)
        {
            if (!values.TryAdd($"{pair.Key}", pair.Value))
            {
                throw new ModelException(
                    ErrorIds.InputNameAmbiguous,
                    $"The hashtable has two keys whose text is '{pair.Key}', such as a number and a text. "
                    + "Specify one of them.");
            }
        }

        return values;
    }

    /// <summary>Whether an object is a row of named values, and not a value itself.</summary>
    public static bool IsRow(object item) =>
        Unwrap(item) is IDictionary or not (string or IEnumerable or IConvertible or OnnxValue);

    /// <summary>Gets the names of the row's properties.</summary>
    public static IEnumerable<string> Names(PSObject row) => row.BaseObject is IDictionary keys
        ? keys.Keys.Cast<object>().Select(key => $"{key}")
        : row.Properties.Select(property => property.Name);

    /// <summary>Lists the names of the row's properties for a message.</summary>
    public static string List(PSObject row) => List([.. Names(row)]);

    /// <summary>Lists names of properties for a message.</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count == 0 ? "no properties"
        : names.Count <= MostNames ? string.Join(", ", names)
        : string.Join(", ", names.Take(MostNames))
            + FormattableString.Invariant($" and {names.Count - MostNames:N0} more");

    /// <summary>Finds the property whose name is most like a misspelt one; null if none is close.</summary>
    public static string? FindSimilar(PSObject row, string name) => Names(row)
        .Select(other => (Name: other, Most: Math.Max(1, Math.Min(name.Length, other.Length) / 3)))
        .Where(other => other.Name.Length <= LongestName && name.Length <= LongestName)
        .Select(other => (
            other.Name,
            other.Most,
            Edits: EditDistance.Count(name.ToUpperInvariant(), other.Name.ToUpperInvariant(), other.Most)))
        .Where(other => other.Edits <= other.Most && other.Edits < Math.Max(name.Length, other.Name.Length))
        .OrderBy(other => other.Edits)
        .FirstOrDefault().Name;

    /// <summary>Enumerates the items of a list; an object that is not a list is the only item.</summary>
    public static IEnumerable<PSObject> Enumerate(object value)
    {
        object plain = UnwrapUnlessCustom(value)!;
        return plain is IEnumerable list and not string
            ? list.Cast<object?>().Where(item => item is not null).Select(item => PSObject.AsPSObject(item!))
            : [PSObject.AsPSObject(plain)];
    }

    /// <summary>Converts a value to text; null if the text is empty.</summary>
    public static string? ToText(object? value) =>
        LanguagePrimitives.ConvertTo<string?>(value) is { Length: > 0 } text ? text : null;

    /// <summary>Converts a value to text, each item of a list on its own line; null for null and blank text.</summary>
    public static string? ToLines(object? value)
    {
        string text = value is null ? string.Empty : string.Join('\n', Enumerate(value));
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Gets the value of a property.</summary>
    /// <exception cref="OnnxDeepException">The script of the property fails.</exception>
    public static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException e)
        {
            throw new OnnxDeepException(
                ErrorIds.PropertyFailed,
                $"The property '{property.Name}' of an object failed: {(e.InnerException ?? e).Message} "
                + "Correct its script, or use Select-Object to select other properties.",
                e);
        }
    }

    /// <summary>Gets a property's value, or null if there is none or its script fails.</summary>
    public static object? Peek(PSObject row, string name) =>
        row.BaseObject is not IDictionary && row.Properties[name] is PSPropertyInfo property
            ? UnwrapUnlessCustom(Evaluate(property))
            : Get(row, name);

    /// <summary>Gets the value of a property; null if it fails.</summary>
    public static object? Evaluate(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>Gets a value without PowerShell's wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // Properties are not case-sensitive; the keys of some dictionaries, such as those of ConvertFrom-Json, are.
    private static string? FindKey(IDictionary keys, string name) => keys.Contains(name)
        ? name
        : keys.Keys.OfType<string>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));

    // A PSCustomObject keeps its wrapper, which holds all of its properties.
    private static object? UnwrapUnlessCustom(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
