using System.Globalization;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>The base class of the cmdlets that measure predicted numbers against the true ones.</summary>
public abstract class PredictionCmdlet : OnnxDeepCmdlet
{
    /// <summary>The parameter set for rows.</summary>
    protected const string RowSet = "Row";

    private const string ArraySet = "Array";

    private PredictionReader? _reader;

    /// <summary>Rows that contain a prediction and the true value.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RowSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; } = [];

    /// <summary>The property of the rows that contains the prediction.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string[] PredictedProperty { get; set; } = PredictionReader.PredictedNames;

    /// <summary>The property of the rows that contains the true value.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string[] ActualProperty { get; set; } = PredictionReader.ActualNames;

    /// <summary>The predictions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ArraySet)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Predicted { get; set; } = [];

    /// <summary>The true values, in the same order.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ArraySet)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Actual { get; set; } = [];

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    private PredictionReader Reader => _reader ??= new PredictionReader(this, Culture)
    {
        PredictedProperty = PredictedProperty,
        ActualProperty = ActualProperty,
    };

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == ArraySet)
        {
            Reader.Add(Predicted, Actual);
            return;
        }

        foreach (PSObject? row in InputObject ?? [null])
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(row, () => Reader.Add(row));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (Reader.Complete())
        {
            Measure([.. Reader.Predicted], [.. Reader.Actual]);
        }
    }

    /// <summary>Measures the predictions of the complete rows, at least one, all finite.</summary>
    private protected abstract void Measure(double[] predicted, double[] actual);
}
