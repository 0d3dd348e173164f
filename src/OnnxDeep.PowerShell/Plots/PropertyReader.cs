using System.Collections;
using System.Globalization;
using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Reads objects by the names of their properties, whatever made them.</summary>
internal static class PropertyReader
{
    /// <summary>
    /// The value of the first property there is of some names; null where there is none, or it holds null.
    /// </summary>
    public static object? Find(PSObject item, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (item.Properties[name] is PSPropertyInfo property)
            {
                return Wrapped.UnwrapUnlessCustom(property.Value);
            }
        }

        return null;
    }

    /// <summary>The items of a list, or the one object that is none.</summary>
    public static IEnumerable<PSObject> Enumerate(object value)
    {
        object plain = Wrapped.UnwrapUnlessCustom(value)!;
        return plain is IEnumerable list and not string
            ? list.Cast<object?>().Where(item => item is not null).Select(item => PSObject.AsPSObject(item!))
            : [PSObject.AsPSObject(plain)];
    }

    /// <summary>A number, also of text as CSV has it; null for null and for empty text.</summary>
    /// <exception cref="FormatException">It is no number.</exception>
    public static double? ToNumber(object? value)
    {
        object? plain = Wrapped.Unwrap(value);
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

    /// <summary>Text, the items of a list each on a line of its own; null for null and for empty text.</summary>
    public static string? ToText(object? value)
    {
        if (value is null)
        {
            return null;
        }

        string text = string.Join('\n', Enumerate(value).Select(item => item.ToString()));
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
