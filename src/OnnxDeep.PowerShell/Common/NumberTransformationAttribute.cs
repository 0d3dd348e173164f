using System.Collections;
using System.Management.Automation;
using OnnxDeep.Numerics;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Converts text to numbers by the module's rules: PowerShell itself drops commas, so that '1,5' would be 15, and
/// accepts units and hexadecimal digits. Every parameter that is a number has this attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = RowProperties.Unwrap(inputData);
        return value switch
        {
            string text => Convert(text),
            IList list and not Array { Rank: > 1 } when list.Cast<object?>().Any(item => Text(item) is not null) =>
                list.Cast<object?>().Select(item => Text(item) is string text ? Convert(text) : item).ToArray(),
            _ => inputData,
        };
    }

    private static string? Text(object? item) => RowProperties.Unwrap(item) as string;

    // Digits are left to PowerShell, so that large integers stay exact.
    private static object Convert(string text) => NumberText.Read(text, null, out double number) != NumberKind.Number
            ? throw Errors.NotConverted(
                $"'{text}' is not a number. Specify a number with a decimal point and without group marks or units, "
                + "such as 0.5.")
        : text.AsSpan().Trim().TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0 ? text
        : number;
}
