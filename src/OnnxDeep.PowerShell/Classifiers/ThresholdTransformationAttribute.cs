using System.Management.Automation;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Numerics;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Converts a threshold to a criterion or a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ThresholdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = RowProperties.Unwrap(inputData);
        foreach (ThresholdCriterion criterion in Enum.GetValues<ThresholdCriterion>())
        {
            if (value is ThresholdCriterion own ? own == criterion
                : value is string text && text.Equals(criterion.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return criterion;
            }
        }

        return NumberText.Read(value, null, out double number) == NumberKind.Number
            ? number
            : throw Errors.NotConverted(
                $"'{value}' is not a threshold. Specify F1, Youden or a number from 0 to 1, such as 0.5.");
    }
}
