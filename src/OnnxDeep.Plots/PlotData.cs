namespace OnnxDeep.Plots;

/// <summary>What a picture shows: plain numbers and names, which know nothing of how they are drawn.</summary>
public abstract record PlotData
{
    /// <summary>The title where the caller gives none.</summary>
    public abstract string DefaultTitle { get; }
}
