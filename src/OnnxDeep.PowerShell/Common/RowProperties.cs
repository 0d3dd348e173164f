using System.Collections;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Reads properties of whatever comes through a pipeline: objects, and hashtables by their keys.</summary>
internal static class RowProperties
{
    /// <summary>The first of the names that the row has; null where it has none.</summary>
    public static string? Find(PSObject row, IEnumerable<string> names) => names.FirstOrDefault(name => Has(row, name));

    /// <summary>Whether the row has a property.</summary>
    public static bool Has(PSObject row, string name) => row.BaseObject is IDictionary keys
        ? keys.Contains(name)
        : row.Properties[name] is not null;

    /// <summary>A property's value; null where there is none.</summary>
    public static object? Get(PSObject row, string name) =>
        Wrapped.UnwrapUnlessCustom(row.BaseObject is IDictionary keys ? keys[name] : row.Properties[name]?.Value);

    /// <summary>The names that the row has, for messages.</summary>
    public static IEnumerable<string> Names(PSObject row) => row.BaseObject is IDictionary keys
        ? keys.Keys.Cast<object>().Select(key => $"{key}")
        : row.Properties.Select(property => property.Name);

    /// <summary>A value as text; null where it is empty.</summary>
    public static string? ToText(object? value) =>
        LanguagePrimitives.ConvertTo<string?>(value) is { Length: > 0 } text ? text : null;

    /// <summary>A value as a number; null where it is none.</summary>
    public static double? ToNumber(object? value) =>
        value is not null and not bool and not "" && LanguagePrimitives.TryConvertTo(value, out double number)
            ? number
            : null;
}
