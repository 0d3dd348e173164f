using System.Management.Automation;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Regressors;

/// <summary>Measures predicted numbers against the true ones.</summary>
[Cmdlet(
    VerbsDiagnostic.Measure, "Regression", DefaultParameterSetName = RowSet, HelpUri = HelpUris.MeasureRegression)]
[OutputType(typeof(RegressionMeasure))]
public sealed class MeasureRegressionCommand : PredictionCmdlet
{
    private protected override void Measure(double[] predicted, double[] actual)
    {
        RegressionMeasure measure = RegressionMeasure.Compute(predicted, actual);
        if (measure.R2 is null)
        {
            WriteVerbose("R2 is undefined: it compares at least two rows.");
        }

        WriteObject(measure);
    }
}
