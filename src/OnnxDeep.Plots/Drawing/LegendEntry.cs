using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>A line of the legend above the picture.</summary>
/// <param name="Text">What it stands for.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Marker">The marker's number; null for a line.</param>
/// <param name="IsDashed">Whether the line is.</param>
internal sealed record LegendEntry(string Text, SKColor Color, int? Marker = null, bool IsDashed = false);
