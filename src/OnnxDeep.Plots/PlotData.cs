namespace OnnxDeep.Plots;

/// <summary>The data of a picture: numbers and names, independent of how they are drawn.</summary>
public abstract record PlotData
{
    /// <summary>The title if the caller specifies none.</summary>
    public abstract string DefaultTitle { get; }
}
