using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>Writes NumPy's array file, version 1.0, and a word list.</summary>
internal static class NpyExport
{
    private const int Alignment = 64;
    private const int PreambleBytes = 10;

    /// <summary>Writes the array [keys, dimensions] and the words in parallel.</summary>
    public static void Write(
        WordVectorTable table,
        IReadOnlyList<(byte[] Text, int Row)> keys,
        Stream array,
        Stream words,
        Action<int, int> report)
    {
        array.Write(Header(keys.Count, table.Dimensions));
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

    private static byte[] Header(int rows, int dimensions)
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
