using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>Writes a table in this module's own format with 32-bit floats; keys still share rows.</summary>
internal static class TableExport
{
    /// <summary>Writes keys, rows and n-grams; rows without a written key are left out.</summary>
    public static ExportResult Write(WordVectorTable table, string path, int? limit, Action<int, int> report)
    {
        int keys = Math.Min(table.KeyCount, limit ?? int.MaxValue);
        int[] newRows = new int[table.RowCount];
        Array.Fill(newRows, -1);
        Dictionary<string, string> metadata = table.Metadata
            .Where(pair => !WordVectorTableNames.ReservedKeys.Contains(pair.Key))
            .ToDictionary();
        float[] vector = new float[table.Dimensions];
        using AtomicFile file = AtomicFile.Create(path);
        using var writer = new WordVectorTableWriter(
            file.Stream, table.Dimensions, VectorElementType.Float32, metadata);
        for (int key = 0; key < keys; key++)
        {
            report(key, keys);
            int row = table.GetKeyRow(key);
            if (newRows[row] < 0)
            {
                table.CopyVector(row, vector);
                Check(table, writer.TryAddRow(vector, out newRows[row]));
            }

            writer.TryAddKey(table.GetKeyUtf8(key), newRows[row]);
        }

        if (table.NgramRows is SubwordVectors ngrams)
        {
            writer.BeginNgrams(ngrams.Options, ngrams.BucketRows);
            for (int row = 0; row < ngrams.Count; row++)
            {
                report(row, ngrams.Count);
                ngrams.CopyRow(row, vector);
                Check(table, writer.TryAddNgram(vector));
            }
        }

        writer.Complete();
        file.Commit();
        return new ExportResult([path], keys, 0, 0, 0);
    }

    private static void Check(WordVectorTable table, bool isFinite)
    {
        if (!isFinite)
        {
            throw new FileFormatException(table.Path, 0, "finite numbers in every row");
        }
    }
}
