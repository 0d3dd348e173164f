namespace OnnxDeep.Plots;

/// <summary>The ground that a picture stands on.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on near black.</summary>
    Dark,
}
