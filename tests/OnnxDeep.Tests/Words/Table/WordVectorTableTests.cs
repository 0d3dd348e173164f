using System.Buffers.Binary;
using System.Text;

using CommunityToolkit.HighPerformance;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Table;

public sealed class WordVectorTableTests
{
    [Theory]
    [InlineData(VectorElementType.Float32, 0)]
    [InlineData(VectorElementType.Float16, 1e-3)]
    [InlineData(VectorElementType.Int8, 1.0 / 254)]
    public void RowsComeBackWithinTheirPrecision(VectorElementType elementType, double tolerance)
    {
        using var file = new TemporaryTable(elementType);
        using WordVectorTable table = WordVectorTable.Open(file.Path);
        float[] row = new float[table.Dimensions];

        Assert.Equal((elementType, 10, 11, 20), (table.ElementType, table.RowCount, table.KeyCount, table.Dimensions));
        Assert.Equal(("random", "a test"), (table.Name, table.Source));
        for (int i = 0; i < table.RowCount; i++)
        {
            Assert.True(table.TryGetRow(table.GetKey(i), out int found));
            Assert.Equal(i, found);
            table.CopyVector(i, row);
            float[] written = file.Rows.GetRowSpan(i).ToArray();
            Assert.All(written.Zip(row), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            Assert.Equal(Math.Sqrt(row.Sum(value => (double)value * value)), table.GetNorm(i), 1e-5);
        }
    }

    [Fact]
    public void KeysMayShareARowAndMissesAreMisses()
    {
        using var file = new TemporaryTable(VectorElementType.Float32);
        using WordVectorTable table = WordVectorTable.Open(file.Path);

        Assert.True(table.TryGetRow("alias", out int row));
        Assert.Equal(0, row);
        foreach (string missing in new[] { "", "K1", "k", "k10 ", "κ1", new string('x', 10_000) })
        {
            Assert.False(table.TryGetRow(missing, out row));
            Assert.Equal(-1, row);
        }
    }

    [Theory]
    [InlineData(VectorElementType.Float32)]
    [InlineData(VectorElementType.Int8)]
    public void EveryFlippedByteOfTheTensorsIsNoticed(VectorElementType elementType)
    {
        using var file = new TemporaryTable(elementType);
        using (WordVectorTable table = WordVectorTable.Open(file.Path))
        {
            table.Verify(TestContext.Current.CancellationToken);
        }

        byte[] bytes = File.ReadAllBytes(file.Path);
        for (int i = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes); i < bytes.Length; i++)
        {
            bytes[i] ^= 4;
            File.WriteAllBytes(file.Path, bytes);
            bytes[i] ^= 4;
            using WordVectorTable table = WordVectorTable.Open(file.Path);
            var error = Assert.Throws<FileFormatException>(
                () => table.Verify(TestContext.Current.CancellationToken));
            Assert.Equal(ErrorIds.DigestMismatch, error.ErrorId);
            Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
            Assert.Contains(table.ContentSha256, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TableWithoutDigestIsNotSaidToBeVerified()
    {
        using var file = new TemporaryTable(VectorElementType.Float32);
        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[bytes.AsSpan().IndexOf("content_sha256"u8)] = (byte)'x';
        File.WriteAllBytes(file.Path, bytes);
        using WordVectorTable table = WordVectorTable.Open(file.Path);

        var error = Assert.Throws<FileFormatException>(() => table.Verify(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.DigestMissing, error.ErrorId);
    }

    [Fact]
    public void SameArgumentsGiveTheSameBytes()
    {
        using var first = new TemporaryTable(VectorElementType.Int8);
        using var second = new TemporaryTable(VectorElementType.Int8);

        Assert.Equal(File.ReadAllBytes(first.Path), File.ReadAllBytes(second.Path));
    }

    [Fact]
    public void TruncatedFileIsReportedDamaged()
    {
        using var file = new TemporaryTable(VectorElementType.Int8);
        byte[] bytes = File.ReadAllBytes(file.Path);

        for (int length = 0; length < bytes.Length; length += length < 16 ? 1 : 37)
        {
            AssertDamaged(file, bytes[..length]);
        }
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1_000_000)]
    [InlineData(0)]
    public void HeaderLengthThatCannotBeIsReportedDamaged(ulong length)
    {
        using var file = new TemporaryTable(VectorElementType.Int8);
        byte[] bytes = File.ReadAllBytes(file.Path);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);

        AssertDamaged(file, bytes);
    }

    [Theory]
    [InlineData("\"data_offsets\":[0,", "\"data_offsets\":[9,")]
    [InlineData("\"shape\":[10]", "\"shape\":[99]")]
    [InlineData("\"shape\":[10,20]", "\"shape\":[20,10]")]
    [InlineData("\"dtype\":\"I8\"", "\"dtype\":\"XX\"")]
    [InlineData("\"vectors\"", "\"sectors\"")]
    [InlineData("\"vectors\":{", "\"vectors\":[")]
    public void HeaderThatContradictsItsDataIsReportedDamaged(string from, string to)
    {
        using var file = new TemporaryTable(VectorElementType.Int8);
        byte[] bytes = File.ReadAllBytes(file.Path);
        string text = Encoding.Latin1.GetString(bytes);
        Assert.Contains(from, text, StringComparison.Ordinal);

        AssertDamaged(file, Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryFlippedByteGivesAnErrorOrATableThatStaysInBounds()
    {
        using var file = new TemporaryTable(VectorElementType.Int8);
        byte[] bytes = File.ReadAllBytes(file.Path);
        for (int i = 0; i < bytes.Length; i += 3)
        {
            byte[] flipped = [.. bytes];
            flipped[i] ^= 0xFF;
            File.WriteAllBytes(file.Path, flipped);
            try
            {
                using WordVectorTable table = WordVectorTable.Open(file.Path);
                table.TryGetRow("k3", out _);
                for (int key = 0; key < table.KeyCount; key++)
                {
                    table.GetKey(key);
                    float[] vector = new float[table.Dimensions];
                    table.CopyVector(table.GetKeyRow(key), vector);
                    Neighbor[] neighbors = new SimilaritySearch(table).Find(vector, 5);
                    Assert.All(neighbors, neighbor => Assert.True(float.IsFinite(neighbor.Similarity)));
                }
            }
            catch (FileFormatException e)
            {
                Assert.Equal("VectorsDamaged", e.ErrorId);
            }
        }
    }

    [Fact]
    public void TableOfANewerFormatIsRefused()
    {
        using var file = new TemporaryTable(VectorElementType.Int8);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(file.Path));

        AssertDamaged(
            file, Encoding.Latin1.GetBytes(text.Replace("word-vectors/1", "word-vectors/9", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("format", 1)]
    [InlineData("content_sha256", 1)]
    [InlineData("name", float.NaN)]
    [InlineData("name", float.PositiveInfinity)]
    public void ReservedMetadataAndRowsWithoutNumbersAreRefused(string key, float value) =>
        Assert.Throws<ArgumentException>(() => WordVectorTableWriter.Write(
            Path.Combine(Path.GetTempPath(), "never-written.safetensors"),
            ["a"],
            [0],
            new float[,] { { value, 1 } }.AsSpan2D(),
            VectorElementType.Float32,
            new Dictionary<string, string> { [key] = "mine" }));

    [Fact]
    public void RepeatedKeyIsRefused() =>
        Assert.Throws<ArgumentException>(() => WordVectorTableWriter.Write(
            Path.Combine(Path.GetTempPath(), "never-written.safetensors"),
            ["a", "a"],
            [0, 0],
            new float[1, 2].AsSpan2D(),
            VectorElementType.Float32,
            new Dictionary<string, string>()));

    private static void AssertDamaged(TemporaryTable file, byte[] bytes)
    {
        File.WriteAllBytes(file.Path, bytes);
        var error = Assert.Throws<FileFormatException>(() => WordVectorTable.Open(file.Path).Dispose());
        Assert.Equal("VectorsDamaged", error.ErrorId);
        Assert.Equal(file.Path, error.Path);
    }
}
