namespace OnnxDeep.Trainer.Vectors;

/// <summary>What a build made.</summary>
/// <param name="KeyCount">Words, spellings and inflected forms.</param>
/// <param name="RowCount">Distinct vectors.</param>
/// <param name="FeatureCount">Columns of the matrix that was decomposed.</param>
/// <param name="EntryCount">Its positive entries.</param>
public readonly record struct WordNetVectorSummary(int KeyCount, int RowCount, int FeatureCount, int EntryCount);
