namespace OnnxDeep.Plots.Pictures;

/// <summary>Numbers of named things, such as the importance of features, as bars from zero.</summary>
/// <param name="Bars">The bars from top to bottom, at least one.</param>
/// <param name="Axis">What the numbers are.</param>
/// <param name="Note">A line above the bars; empty for none.</param>
/// <param name="Heading">The default title.</param>
public sealed record BarPlot(IReadOnlyList<Bar> Bars, string Axis, string Note, string Heading) : PlotData
{
    /// <inheritdoc/>
    public override string DefaultTitle => Heading;
}

/// <summary>A bar.</summary>
/// <param name="Name">What it belongs to.</param>
/// <param name="Value">Its length; below zero it points to the left.</param>
/// <param name="Deviation">Half the length of the line across its end; 0 for none.</param>
public sealed record Bar(string Name, double Value, double Deviation = 0);
