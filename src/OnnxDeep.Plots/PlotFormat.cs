namespace OnnxDeep.Plots;

/// <summary>The formats of pictures.</summary>
public enum PlotFormat
{
    /// <summary>Pixels, .png.</summary>
    Png,

    /// <summary>Lines and text that stay sharp at any size, .svg.</summary>
    Svg,
}
