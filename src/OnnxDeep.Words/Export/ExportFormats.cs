using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>Writes a table as text, as a NumPy array, or in this module's own format with 32-bit floats.</summary>
internal static class ExportFormats
{
    // The longest float is "-1.17549435E-38".
    private const int NumberBytes = 16;

    private const int Alignment = 64;
    private const int PreambleBytes = 10;

    /// <summary>
    /// Writes keys, rows and n-grams in this module's own format; keys still share rows, and rows without a written
    /// key are left out.
    /// </summary>
    public static ExportResult WriteTable(
        WordVectorTable table, string path, ExportOptions options, Action<int, int> report, CancellationToken stop)
    {
        int keys = Math.Min(table.KeyCount, options.Limit ?? int.MaxValue);
        int[] newRows = new int[table.RowCount];
        Array.Fill(newRows, -1);
        Dictionary<string, string> metadata = table.Metadata
            .Where(pair => !WordVectorTableNames.ReservedKeys.Contains(pair.Key))
            .ToDictionary();
        float[] vector = new float[table.Dimensions];
        using AtomicFile file = AtomicFile.Create(path, options.Existing);
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
        file.Commit(stop);
        return new ExportResult([path], keys, 0, 0, 0);
    }

    /// <summary>Writes one line per word, with each number in the shortest form that gives the same float.</summary>
    public static void WriteText(
        WordVectorTable table,
        IReadOnlyList<(byte[] Text, int Row)> keys,
        Stream stream,
        bool hasHeader,
        Action<int, int> report)
    {
        if (hasHeader)
        {
            stream.Write(Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{keys.Count} {table.Dimensions}\n")));
        }

        float[] vector = new float[table.Dimensions];
        byte[] numbers = new byte[(table.Dimensions * NumberBytes) + 1];
        for (int i = 0; i < keys.Count; i++)
        {
            report(i, keys.Count);
            table.CopyVector(keys[i].Row, vector);
            int length = 0;
            foreach (float value in vector)
            {
                numbers[length++] = (byte)' ';
                value.TryFormat(numbers.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
                length += written;
            }

            numbers[length++] = (byte)'\n';
            stream.Write(keys[i].Text);
            stream.Write(numbers, 0, length);
        }
    }

    /// <summary>Writes NumPy's array file, version 1.0, [keys, dimensions], and the words in parallel.</summary>
    public static void WriteNumPy(
        WordVectorTable table,
        IReadOnlyList<(byte[] Text, int Row)> keys,
        Stream array,
        Stream words,
        Action<int, int> report)
    {
        array.Write(NumPyHeader(keys.Count, table.Dimensions));
        float[] vector = new float[table.Dimensions];
        for (int i = 0; i < keys.Count; i++)
        {
            report(i, keys.Count);
            table.CopyVector(keys[i].Row, vector);
            array.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
            words.Write(keys[i].Text);
            words.WriteByte((byte)'\n');
        }
    }

    private static void Check(WordVectorTable table, bool isFinite)
    {
        if (!isFinite)
        {
            throw new FileFormatException(table.Path, 0, "finite numbers in every row");
        }
    }

    private static byte[] NumPyHeader(int rows, int dimensions)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {dimensions}), }}");
        int length = (PreambleBytes + text.Length + Alignment) / Alignment * Alignment;
        byte[] header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(magic.Length), (ushort)(length - PreambleBytes));
        Encoding.ASCII.GetBytes(text, header.AsSpan(PreambleBytes));
        header[^1] = (byte)'\n';
        return header;
    }
}
