using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Reads this module's tables, for example to shorten them or to change their precision.</summary>
internal sealed class TableVectorReader(WordVectorTable table, SafeTensorsHeader header, long length) : IVectorReader
{
    private long _read;

    public string Format => "OnnxDeep table";

    public string Name => table.Name;

    public int Dimensions => table.Dimensions;

    public long BytesRead => _read;

    public long TotalBytes => length;

    public void ReadTo(VectorSink sink)
    {
        sink.Path = table.Path;
        AddKeys(sink, AddRows(sink));
        if (table.NgramRows is SubwordVectors ngrams)
        {
            AddNgrams(sink, ngrams);
        }
    }

    public void Dispose() => table.Dispose();

    private RowMap AddRows(VectorSink sink)
    {
        var map = new RowMap();
        float[] vector = new float[Dimensions];
        SafeTensorsHeader.Entry rows = header.Tensors[WordVectorTableNames.Vectors];
        long size = rows.Length / Math.Max(1, table.RowCount);
        for (int row = 0; row < table.RowCount && !sink.IsFull; row++)
        {
            table.CopyVector(row, vector);
            _read = rows.Offset + (row * size);
            map.Add(sink.AddRow(vector, _read));
        }

        return map;
    }

    private void AddKeys(VectorSink sink, RowMap map)
    {
        long offset = header.Tensors[WordVectorTableNames.KeyBytes].Offset;
        for (int i = 0; i < table.KeyCount; i++)
        {
            ReadOnlySpan<byte> key = table.GetKeyUtf8(i);
            int row = map[table.GetKeyRow(i)];
            if (row >= 0 && StoredKey.IsNameless(key))
            {
                sink.AddNamelessKey(StoredKey.Hash(key), row);
            }
            else if (row >= 0)
            {
                sink.AddKey(key, row, offset);
            }

            offset += key.Length;
        }
    }

    private void AddNgrams(VectorSink sink, SubwordVectors ngrams)
    {
        sink.BeginNgrams(ngrams.Options, ngrams.BucketRows);
        float[] vector = new float[Dimensions];
        SafeTensorsHeader.Entry rows = header.Tensors[WordVectorTableNames.NgramVectors];
        long size = rows.Length / Math.Max(1, ngrams.Count);
        for (int row = 0; row < ngrams.Count; row++)
        {
            table.NgramRows!.Value.CopyRow(row, vector);
            _read = rows.Offset + (row * size);
            sink.AddNgram(vector, _read);
        }
    }
}
