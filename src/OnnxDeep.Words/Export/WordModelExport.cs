namespace OnnxDeep.Words.Export;

/// <summary>A word model that was written.</summary>
/// <param name="Path">The file, as a full path.</param>
/// <param name="Keys">The keys of the vector table that it knows.</param>
/// <param name="Spellings">Other spellings of these keys that it knows besides.</param>
/// <param name="Rows">Distinct rows of the folded table, without that of unknown words.</param>
/// <param name="Size">Of the file, in bytes.</param>
public sealed record WordModelExport(string Path, int Keys, int Spellings, int Rows, long Size);
