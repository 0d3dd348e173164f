using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Pipeline objects that lack what a cmdlet needs, such as a property. The first one waits for the next: if that lacks
/// it too, and none before had it, the objects are of another kind, and one error says it for all.
/// </summary>
/// <param name="cmdlet">The cmdlet that reports the errors.</param>
internal sealed class UnfitRows(OnnxDeepCmdlet cmdlet)
{
    private (ErrorRecord OfRow, ErrorRecord OfAll)? _first;
    private bool _isFound;

    /// <summary>The error for all rows, if there is one row only, and it is unfit; otherwise null.</summary>
    public ErrorRecord? OfAll => _first?.OfAll;

    /// <summary>Takes a row that has what is needed, or another error; each unfit row is then an exception.</summary>
    public void Accept()
    {
        _isFound = true;
        if (_first is (ErrorRecord error, _))
        {
            _first = null;
            cmdlet.Report(error);
        }
    }

    /// <summary>Takes an unfit row; ends the command if there are only unfit ones.</summary>
    /// <param name="ofRow">The error for this row.</param>
    /// <param name="ofAll">The error if the next row is unfit too.</param>
    public void Refuse(ErrorRecord ofRow, ErrorRecord ofAll)
    {
        if (_isFound)
        {
            cmdlet.Report(ofRow);
        }
        else if (OfAll is ErrorRecord error)
        {
            cmdlet.Terminate(error);
        }
        else
        {
            _first = (ofRow, ofAll);
        }
    }
}
