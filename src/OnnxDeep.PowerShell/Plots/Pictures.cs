using System.Runtime.CompilerServices;

using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.Plots.Reports;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>
/// The only code that calls the drawing library. The library's assemblies load when such a method is compiled, so these
/// methods must not be inlined: commands that draw nothing do not load them.
/// </summary>
internal static class Pictures
{
    /// <summary>Draws a picture.</summary>
    /// <exception cref="OnnxDeepException">The drawing library does not support this system.</exception>
    public static RenderedPlot Render(PlotData data, PlotOptions options, PlotFormat format) =>
        Guard(() => Draw(data, options, format));

    /// <summary>Writes a report as a page.</summary>
    /// <exception cref="OnnxDeepException">
    /// The drawing library does not support this system, or the report is empty.
    /// </exception>
    public static ReadOnlyMemory<byte> WritePage(TrainingReport report) => Guard(() => Page(report));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RenderedPlot Draw(PlotData data, PlotOptions options, PlotFormat format) =>
        PlotRenderer.Render(data, options, format);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlyMemory<byte> Page(TrainingReport report) => TrainingReportPage.Write(report);

    private static T Guard<T>(Func<T> draw)
    {
        try
        {
            return draw();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new OnnxDeepException(
                ErrorIds.PlotUnsupported,
                "The drawing library SkiaSharp is missing or cannot be loaded on this system. It supports Windows and "
                + "Linux with glibc, on x64 and Arm64, and macOS. Reinstall the module, or draw on a supported system.",
                e);
        }
    }
}
