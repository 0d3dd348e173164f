using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>PowerShell's wrapper around values.</summary>
internal static class Wrapped
{
    /// <summary>A value without its wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>The same, but an object that has nothing but its wrapper's properties keeps them.</summary>
    public static object? UnwrapUnlessCustom(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
