namespace OnnxDeep.Words.Formats;

/// <summary>How far an import has come.</summary>
/// <param name="Rows">Vectors stored.</param>
/// <param name="BytesRead">Of the source as it lies on disk.</param>
/// <param name="TotalBytes">The source's size on disk.</param>
public readonly record struct ImportProgress(long Rows, long BytesRead, long TotalBytes);
