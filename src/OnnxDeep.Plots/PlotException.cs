namespace OnnxDeep.Plots;

/// <summary>A picture that cannot be drawn of what was given.</summary>
public sealed class PlotException : OnnxDeepException
{
    /// <summary>The extension is not .png or .svg.</summary>
    public const string FormatUnknown = "PlotFormatUnknown";

    /// <summary>A network has more layers or units than a drawing can show.</summary>
    public const string NetworkTooLarge = "NetworkTooLarge";

    /// <summary>A training history has no epoch.</summary>
    public const string HistoryEmpty = "HistoryEmpty";

    /// <summary>An object is no training history and no row of one.</summary>
    public const string HistoryInvalid = "HistoryInvalid";

    /// <summary>A confusion matrix is not square, has a negative count or not one label a class.</summary>
    public const string ConfusionInvalid = "ConfusionInvalid";

    /// <summary>Too few words have a vector to lay them out in two dimensions.</summary>
    public const string TooFewWords = "PlotTooFewWords";

    /// <summary>More words than a picture can show.</summary>
    public const string TooManyWords = "PlotTooManyWords";

    /// <summary>The points of a regression are fewer than two, unpaired or all at one place.</summary>
    public const string PointsInvalid = "PlotPointsInvalid";

    /// <summary>A training report has nothing to show.</summary>
    public const string ReportEmpty = "ReportEmpty";

    /// <summary>A second picture would go into the same file.</summary>
    public const string PathTaken = "PlotPathTaken";

    /// <summary>The library that draws has no native part for this system.</summary>
    public const string Unsupported = "PlotUnsupported";

    /// <summary>Makes the error.</summary>
    public PlotException(string errorId, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
    }
}
