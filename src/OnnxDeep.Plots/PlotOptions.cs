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

/// <summary>The ground that a picture stands on.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on near black.</summary>
    Dark,
}

/// <summary>The formats of pictures.</summary>
public enum PlotFormat
{
    /// <summary>Pixels, .png.</summary>
    Png,

    /// <summary>Lines and text that stay sharp at any size, .svg.</summary>
    Svg,
}

/// <summary>From a file's name to its format.</summary>
internal static class PlotFormats
{
    /// <summary>The format that the extension, .png or .svg in any case, stands for.</summary>
    /// <exception cref="OnnxDeepException">It is another, or there is none.</exception>
    public static PlotFormat FromPath(string path)
    {
        string extension = Path.GetExtension(path);
        return extension.ToUpperInvariant() switch
        {
            ".PNG" => PlotFormat.Png,
            ".SVG" => PlotFormat.Svg,
            _ => throw new OnnxDeepException(
                ErrorIds.PlotFormatUnknown,
                $"'{path}' {(extension.Length == 0 ? "has no extension" : $"ends in '{extension}'")}, "
                + "and that tells the format of a picture. "
                + "End the name in .png or .svg."),
        };
    }
}
