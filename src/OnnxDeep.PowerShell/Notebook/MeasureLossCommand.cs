using System.Management.Automation;

using OnnxDeep.Learning.Training;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Measures the loss between predictions and true values.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Loss", DefaultParameterSetName = RowSet, HelpUri = HelpUris.MeasureLoss)]
[OutputType(typeof(LossMeasure))]
public sealed class MeasureLossCommand : PredictionCmdlet
{
    private protected override void Measure(double[] predicted, double[] actual)
    {
        LossMeasure measure = LossMeasure.Compute(predicted, actual);
        if (measure.BinaryCrossEntropy is null)
        {
            WriteVerbose("The binary cross-entropy is undefined: not all predictions and true values are from 0 to 1.");
        }

        WriteObject(measure);
    }
}
