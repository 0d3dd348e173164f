namespace OnnxDeep.Plots.Pictures;

/// <summary>A finished picture.</summary>
/// <param name="Content">The bytes of the file.</param>
/// <param name="LabelsLeftOut">The number of labels for which there was no space.</param>
public sealed record RenderedPlot(ReadOnlyMemory<byte> Content, int LabelsLeftOut);
