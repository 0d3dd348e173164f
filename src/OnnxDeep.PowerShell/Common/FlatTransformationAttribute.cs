using System.Collections;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Refuses lists in lists: to convert them to the names of an enumeration, PowerShell follows a list that contains
/// itself until the process dies. Every parameter whose values are names of an enumeration has this attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FlatTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        RowProperties.Unwrap(inputData) is IEnumerable list and not string
            && list.Cast<object?>().Any(item => RowProperties.Unwrap(item) is IEnumerable and not string)
                ? throw Errors.NotConverted("A list in a list is not a name. Specify a name.")
                : inputData;
}
