using System.Globalization;
using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>Writes one line per word, with each number in the shortest form that gives the same float.</summary>
internal static class TextExport
{
    // The longest float is "-1.17549435E-38".
    private const int NumberBytes = 16;

    /// <summary>Writes all lines.</summary>
    public static void Write(
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
}
