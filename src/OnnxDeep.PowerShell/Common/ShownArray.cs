using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// An array in PowerShell's wrapper, which scripts use as the array itself. Its text, such as that of a cell of a CSV
/// file, has the elements instead of the type.
/// </summary>
internal sealed class ShownArray : PSObject
{
    private ShownArray(Array array)
        : base(array)
    {
    }

    /// <summary>Wraps an array; null stays null.</summary>
    public static PSObject? Of(Array? array) => array is null ? null : new ShownArray(array);

    /// <summary>The elements in one line.</summary>
    public override string ToString() => CellText.Of(BaseObject);
}
