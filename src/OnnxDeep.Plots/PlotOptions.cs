namespace OnnxDeep.Plots;

/// <summary>Size and looks of a picture.</summary>
public sealed record PlotOptions
{
    /// <summary>The least width and height.</summary>
    public const int LeastSize = 240;

    /// <summary>The greatest width and height.</summary>
    public const int GreatestSize = 8192;

    /// <summary>In pixels, from <see cref="LeastSize"/> to <see cref="GreatestSize"/>.</summary>
    public int Width { get; init; } = 960;

    /// <summary>In pixels, from <see cref="LeastSize"/> to <see cref="GreatestSize"/>.</summary>
    public int Height { get; init; } = 640;

    /// <summary>Light or dark.</summary>
    public PlotTheme Theme { get; init; }

    /// <summary>The line above the picture; the plot's own where null.</summary>
    public string? Title { get; init; }
}
