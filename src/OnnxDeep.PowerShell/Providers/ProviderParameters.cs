using System.Globalization;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Values of -ProviderOption as ONNX Runtime takes them: as text of no culture.</summary>
internal static class ProviderOptionText
{
    /// <summary>The text of a value; null where it is no text, number or truth value.</summary>
    public static string? From(object? value) => Wrapped.Unwrap(value) switch
    {
        bool flag => flag ? "1" : "0",
        Enum name => name.ToString(),
        string or IFormattable => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
