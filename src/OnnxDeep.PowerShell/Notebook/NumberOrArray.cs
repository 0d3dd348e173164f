namespace OnnxDeep.PowerShell.Notebook;

/// <summary>One number as a number, for a shell and for CSV; several as an array.</summary>
internal static class NumberOrArray
{
    /// <summary>The number, or a copy of the array.</summary>
    public static object Of(double[] values) => values.Length == 1 ? values[0] : values.ToArray();
}
