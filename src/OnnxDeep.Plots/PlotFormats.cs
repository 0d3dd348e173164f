namespace OnnxDeep.Plots;

/// <summary>From a file's name to its format.</summary>
public static class PlotFormats
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
