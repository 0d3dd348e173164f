namespace OnnxDeep.Plots;

/// <summary>The size and appearance of a picture.</summary>
public sealed record PlotOptions
{
    /// <summary>The minimum width and height.</summary>
    public const int LeastSize = 240;

    /// <summary>The maximum width and height.</summary>
    public const int GreatestSize = 8192;

    /// <summary>The width in pixels, from <see cref="LeastSize"/> to <see cref="GreatestSize"/>.</summary>
    public int Width { get; init; } = 960;

    /// <summary>The height in pixels, from <see cref="LeastSize"/> to <see cref="GreatestSize"/>.</summary>
    public int Height { get; init; } = 640;

    /// <summary>The theme, light or dark.</summary>
    public PlotTheme Theme { get; init; }

    /// <summary>The title above the picture; null for the default title of the data.</summary>
    public string? Title { get; init; }
}

/// <summary>The colour theme of a picture.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on near-black.</summary>
    Dark,
}

/// <summary>The file format of a picture.</summary>
public enum PlotFormat
{
    /// <summary>A bitmap, .png.</summary>
    Png,

    /// <summary>Vector graphics that stay sharp at any size, .svg.</summary>
    Svg,
}

/// <summary>Determines the format from a file name.</summary>
internal static class PlotFormats
{
    /// <summary>Returns the format for the extension, .png or .svg; case is ignored.</summary>
    /// <exception cref="OnnxDeepException">The extension is unknown or missing.</exception>
    public static PlotFormat FromPath(string path)
    {
        string extension = Path.GetExtension(path);
        return extension.ToUpperInvariant() switch
        {
            ".PNG" => PlotFormat.Png,
            ".SVG" => PlotFormat.Svg,
            _ => throw new OnnxDeepException(
                ErrorIds.PlotFormatUnknown,
                $"'{path}' {(extension.Length == 0 ? "has no extension" : $"has the extension '{extension}'")}, "
                + "but the extension determines the format of a picture. "
                + "Use .png or .svg."),
        };
    }
}
