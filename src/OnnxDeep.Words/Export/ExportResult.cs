namespace OnnxDeep.Words.Export;

/// <summary>What an export wrote and left out.</summary>
/// <param name="Files">Full paths.</param>
/// <param name="Keys">Keys written.</param>
/// <param name="Joined">Keys whose blanks became underscores.</param>
/// <param name="LeftOut">
/// Keys that the format cannot hold: line breaks, no name, or the same as another key once its blanks are underscores.
/// </param>
/// <param name="Ngrams">Rows of character n-grams that the format has no place for.</param>
public sealed record ExportResult(IReadOnlyList<string> Files, int Keys, int Joined, int LeftOut, int Ngrams);
