using System.Globalization;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Converts names to cultures. .NET itself invents a culture for a name that it does not know, with a decimal point.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CultureTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = RowProperties.Unwrap(inputData);
        if (value is CultureInfo culture)
        {
            return culture;
        }

        string name = LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException e)
        {
            throw Errors.NotConverted(
                $"There is no culture '{name}' on this machine. Specify a name such as de-DE, or the output of "
                + "Get-Culture.",
                e);
        }
    }
}
