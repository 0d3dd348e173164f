using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Reads properties of whatever comes through a pipeline: objects, and hashtables by their keys.</summary>
internal static class RowProperties
{
    /// <summary>The first of the names that the row has; null where it has none.</summary>
    public static string? Find(PSObject row, IEnumerable<string> names) => names.FirstOrDefault(name => Has(row, name));

    /// <summary>
    /// The value of the first of some properties that an object has; null where it has none, or it holds null. Keys of
    /// hashtables are not properties.
    /// </summary>
    public static object? FindValue(PSObject item, params string[] names)
    {
        PSPropertyInfo? property = names
            .Select(name => item.Properties[name])
            .FirstOrDefault(found => found is not null);
        return UnwrapUnlessCustom(property?.Value);
    }

    /// <summary>Whether the row has a property.</summary>
    public static bool Has(PSObject row, string name) => row.BaseObject is IDictionary keys
        ? keys.Contains(name)
        : row.Properties[name] is not null;

    /// <summary>A property's value; null where there is none.</summary>
    public static object? Get(PSObject row, string name) =>
        UnwrapUnlessCustom(row.BaseObject is IDictionary keys ? keys[name] : row.Properties[name]?.Value);

    /// <summary>The names that the row has, for messages.</summary>
    public static IEnumerable<string> Names(PSObject row) => row.BaseObject is IDictionary keys
        ? keys.Keys.Cast<object>().Select(key => $"{key}")
        : row.Properties.Select(property => property.Name);

    /// <summary>The items of a list, or the one object that is not a list.</summary>
    public static IEnumerable<PSObject> Enumerate(object value)
    {
        object plain = UnwrapUnlessCustom(value)!;
        return plain is IEnumerable list and not string
            ? list.Cast<object?>().Where(item => item is not null).Select(item => PSObject.AsPSObject(item!))
            : [PSObject.AsPSObject(plain)];
    }

    /// <summary>A value as text; null where it is empty.</summary>
    public static string? ToText(object? value) =>
        LanguagePrimitives.ConvertTo<string?>(value) is { Length: > 0 } text ? text : null;

    /// <summary>A value as text, each item of a list on its own line; null for null and for blank text.</summary>
    public static string? ToLines(object? value)
    {
        string text = value is null ? string.Empty : string.Join('\n', Enumerate(value));
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A value as a number, converted as PowerShell does; null where it is not a number.</summary>
    public static double? ToNumber(object? value) =>
        value is not null and not bool and not "" && LanguagePrimitives.TryConvertTo(value, out double number)
            ? number
            : null;

    /// <summary>A number, also of text as CSV has it; null for null and for blank text.</summary>
    /// <exception cref="FormatException">It is not a number.</exception>
    public static double? ParseNumber(object? value)
    {
        object? plain = Unwrap(value);
        return plain switch
        {
            null => null,
            string text when string.IsNullOrWhiteSpace(text) => null,
            string text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            IConvertible number when plain is not (bool or char or DateTime) =>
                number.ToDouble(CultureInfo.InvariantCulture),
            _ => throw new FormatException($"'{plain}' is no number."),
        };
    }

    /// <summary>A value without PowerShell's wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // An object that has nothing but its wrapper's properties keeps them.
    private static object? UnwrapUnlessCustom(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
