namespace OnnxDeep.Plots.Pictures;

/// <summary>A finished picture.</summary>
/// <param name="Content">The bytes of the file.</param>
/// <param name="LabelsLeftOut">Labels that found no free place.</param>
public sealed record RenderedPlot(ReadOnlyMemory<byte> Content, int LabelsLeftOut);
