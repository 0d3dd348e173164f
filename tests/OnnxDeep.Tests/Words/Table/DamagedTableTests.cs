using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Table;

/// <summary>Each kind of damage is reported with its position, or is a failed lookup.</summary>
public sealed class DamagedTableTests : IDisposable
{
    private readonly TemporaryTable _file = new(VectorElementType.Int8);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void RowNumberOfAKeyThatIsNoRowIsAnErrorAndAMiss()
    {
        long place = Write("key_rows", 3, 10);
        using var table = WordVectorTable.Open(_file.Path);

        FileFormatException error = Assert.Throws<FileFormatException>(() => table.GetKeyRow(3));
        Assert.Equal(place, error.Offset);
        Assert.Contains("a row below 10, found 10", error.Message, StringComparison.Ordinal);
        Assert.False(table.TryGetRow("k3", out _));
        Assert.Equal(9, table.GetKeyRow(9));
        Assert.True(table.TryGetRow("k9", out int last));
        Assert.Equal(9, last);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void NumbersOutsideTheKeysAreRefused(int index)
    {
        using var table = WordVectorTable.Open(_file.Path);

        Assert.Throws<ArgumentOutOfRangeException>(() => table.GetKey(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.GetKeyRow(index));
        Assert.Equal(("alias", 0), (table.GetKey(10), table.GetKeyRow(10)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void NumbersOutsideTheRowsAreRefused(int row)
    {
        using var table = WordVectorTable.Open(_file.Path);

        Assert.Throws<ArgumentOutOfRangeException>(() => table.GetNorm(row));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.CopyVector(row, new float[20]));
        Assert.True(table.GetNorm(9) > 0);
    }

    [Fact]
    public void KeyOffsetsThatFallAreAnError()
    {
        // Keys of two bytes: the fourth begins at 6.
        long place = Write("key_offsets", 3, 3);
        using var table = WordVectorTable.Open(_file.Path);

        Assert.Equal(place - 4, Assert.Throws<FileFormatException>(() => table.GetKey(2)).Offset);
        Assert.Equal("k4", table.GetKey(4));
    }

    [Fact]
    public void KeyOffsetBeyondTheKeysIsAnError()
    {
        // Ten keys of two bytes, and "alias".
        long place = Write("key_offsets", 11, 26);
        using var table = WordVectorTable.Open(_file.Path);

        FileFormatException error = Assert.Throws<FileFormatException>(() => table.GetKey(10));
        Assert.Equal(place - 4, error.Offset);
        Assert.Contains("of at most 25, found 20 and 26", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("norms", -1f)]
    [InlineData("norms", float.NaN)]
    [InlineData("norms", float.PositiveInfinity)]
    [InlineData("scales", -1f)]
    [InlineData("scales", float.NaN)]
    [InlineData("scales", float.PositiveInfinity)]
    public void LengthsAndScalesThatAreNoNumbersAreErrors(string tensor, float value)
    {
        long place = Write(tensor, 4, BitConverter.SingleToUInt32Bits(value));
        using var table = WordVectorTable.Open(_file.Path);

        var error = Assert.Throws<FileFormatException>(() => table.CopyVector(4, new float[20]));
        Assert.Equal(place, error.Offset);
        table.CopyVector(3, new float[20]);
    }

    [Theory]
    [InlineData("norms")]
    [InlineData("scales")]
    public void LengthAndScaleOfZeroAreRight(string tensor)
    {
        Write(tensor, 4, 0);
        using var table = WordVectorTable.Open(_file.Path);
        float[] vector = [.. Enumerable.Repeat(7f, 20)];

        table.CopyVector(4, vector);

        Assert.Equal(tensor == "scales", vector.All(value => value == 0));
    }

    [Fact]
    public void IndexWithoutAnEmptySlotGivesMissesInsteadOfALoop()
    {
        // Every slot has a key number; numbers beyond the keys are skipped.
        (long start, int count) = Find("slots");
        byte[] bytes = File.ReadAllBytes(_file.Path);
        for (int i = 0; i < count; i++)
        {
            Span<byte> slot = bytes.AsSpan((int)start + (4 * i), 4);
            if (BinaryPrimitives.ReadUInt32LittleEndian(slot) == 0)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(slot, i % 2 == 0 ? 12u : uint.MaxValue);
            }
        }

        File.WriteAllBytes(_file.Path, bytes);
        using var table = WordVectorTable.Open(_file.Path);

        Assert.False(table.TryGetRow("no such key", out int row));
        Assert.Equal(-1, row);
        for (int i = 0; i < 10; i++)
        {
            Assert.True(table.TryGetRow($"k{i}", out row));
            Assert.Equal(i, row);
        }
    }

    [Theory]
    [InlineData("\"shape\":[11]", "\"shape\":[12]", "entries")]
    [InlineData("\"key_bytes\"", "\"key_bites\"", "a tensor named 'key_bytes'")]
    [InlineData("\"norms\"", "\"forms\"", "a tensor named 'norms'")]
    [InlineData("\"scales\"", "\"stales\"", "a tensor named 'scales'")]
    [InlineData("\"slots\"", "\"plots\"", "a tensor named 'slots'")]
    [InlineData("word-vectors/1", "word-vectors/2", "of another version")]
    public void HeaderThatIsNoTablesIsTold(string from, string to, string expected)
    {
        byte[] bytes = File.ReadAllBytes(_file.Path);
        string text = Encoding.Latin1.GetString(bytes);
        Assert.Contains(from, text, StringComparison.Ordinal);
        int place = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllBytes(_file.Path, Encoding.Latin1.GetBytes(text.Remove(place, from.Length).Insert(place, to)));

        var error = Assert.Throws<FileFormatException>(() => WordVectorTable.Open(_file.Path));

        Assert.Equal("VectorsDamaged", error.ErrorId);
        if (expected != "entries")
        {
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ClosedTableIsNotRead()
    {
        var table = WordVectorTable.Open(_file.Path);
        table.Dispose();
        table.Dispose();

        Assert.Throws<ObjectDisposedException>(() => table.TryGetRow("k1", out _));
        Assert.Throws<ObjectDisposedException>(() => table.GetKey(0));
        Assert.Throws<ObjectDisposedException>(() => table.GetKeyRow(0));
        Assert.Throws<ObjectDisposedException>(() => table.GetNorm(0));
        Assert.Throws<ObjectDisposedException>(() => table.CopyVector(0, new float[20]));
        Assert.Throws<ObjectDisposedException>(() => table.TryGetSubwordVector("a", new float[20]));
    }

    [Fact]
    public void TableWithoutNgramsGivesZerosForThem()
    {
        using var table = WordVectorTable.Open(_file.Path);
        float[] vector = [.. Enumerable.Repeat(7f, 21)];

        Assert.False(table.TryGetSubwordVector("abc", vector));
        Assert.Equal([.. Enumerable.Repeat(0f, 20), 7f], vector);
        Assert.Equal((null, 0), (table.Subwords, table.NgramCount));
    }

    [Theory]
    [InlineData(170)]
    [InlineData(171)]
    [InlineData(5000)]
    public void LongKeysAreFoundToo(int length)
    {
        using var folder = new TemporaryDirectory();
        string key = new('\u3042', length);
        string path = folder.File("long.safetensors");
        WordVectorTableWriter.Write(
            path, [key], [0], CommunityToolkit.HighPerformance.ArrayExtensions.AsSpan2D(new float[,] { { 1, 2 } }),
            VectorElementType.Float32,
            new Dictionary<string, string>());

        using var table = WordVectorTable.Open(path);

        Assert.True(table.TryGetRow(key, out int row));
        Assert.Equal(0, row);
        Assert.Equal(key, table.GetKey(0));
        Assert.Equal(("long", string.Empty, 0, 0), (table.Name, table.Source, table.Duplicates, table.Skipped));
        Assert.Equal(64, table.ContentSha256.Length);
    }

    // Writes a number into a tensor of four-byte numbers, and returns its position.
    private long Write(string tensor, int index, uint value)
    {
        long place = Find(tensor).Start + (4 * index);
        byte[] bytes = File.ReadAllBytes(_file.Path);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((int)place), value);
        File.WriteAllBytes(_file.Path, bytes);
        return place;
    }

    private (long Start, int Count) Find(string tensor)
    {
        byte[] bytes = File.ReadAllBytes(_file.Path);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        JsonElement offsets = header.RootElement.GetProperty(tensor).GetProperty("data_offsets");
        long from = offsets[0].GetInt64();
        return (8 + length + from, (int)(offsets[1].GetInt64() - from) / 4);
    }
}
