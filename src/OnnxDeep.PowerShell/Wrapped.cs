using System.Management.Automation;

namespace OnnxDeep.PowerShell;

/// <summary>PowerShell's wrapper around values.</summary>
internal static class Wrapped
{
    /// <summary>A value without its wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
