using System.Runtime.CompilerServices;

using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.Plots.Reports;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>
/// The one way to the drawing library. Its assemblies load when a method here is compiled, so none may be inlined:
/// whoever asks for no picture does not pay for one.
/// </summary>
internal static class Pictures
{
    /// <summary>Draws a picture.</summary>
    /// <exception cref="OnnxDeepException">This system has no library that draws.</exception>
    public static RenderedPlot Render(PlotData data, PlotOptions options, PlotFormat format) =>
        Guard(() => Draw(data, options, format));

    /// <summary>Writes a report as a page.</summary>
    /// <exception cref="OnnxDeepException">This system has no library that draws, or the report is empty.</exception>
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
                "Pictures are drawn by SkiaSharp, whose library for this system is missing or does not load. It comes "
                + "for Windows and Linux with glibc on x64 and Arm64, and for macOS. Install the module again, or draw "
                + "on such a system.",
                e);
        }
    }
}
