using System.Text;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class SafeTensorsVectorReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(VectorElementType.Float32)]
    [InlineData(VectorElementType.Float16)]
    [InlineData(VectorElementType.Int8)]
    public void OwnTableReadAgainIsTheSame(VectorElementType elementType)
    {
        string path = WriteTable(elementType, isPruned: true);

        using var imported = new ImportedTable(path, new ImportOptions { ElementType = elementType });
        using WordVectorTable table = WordVectorTable.Open(path);

        Assert.Equal(("OnnxDeep table", "mine"), (imported.Result.Format, imported.Result.Name));
        Assert.Equal(table.ContentSha256, imported.Table.ContentSha256);
        Assert.Equal(table.Subwords, imported.Table.Subwords);
        Assert.Equal(1, imported.Result.Nameless);
    }

    [Fact]
    public void OwnTableCanBeCutAndQuantized()
    {
        string path = WriteTable(VectorElementType.Float32, isPruned: false);

        using var imported = new ImportedTable(
            path, new ImportOptions { ElementType = VectorElementType.Int8, Limit = 1 });

        Assert.Equal((1, VectorElementType.Int8), (imported.Table.RowCount, imported.Table.ElementType));
        Assert.Equal(["tea", "thé"], imported.Keys);
        Assert.Equal(4, imported.Table.NgramCount);
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void OnlyMatrixOfAModelIsRead(string type)
    {
        float[] values = [1, -2, 0.5f, 1024];
        byte[] data = [.. values.SelectMany(value => Encode(value, type))];
        string path = _directory.Write(
            "m.safetensors", File([("bias", "F32", "[1]", new byte[4]), ("emb", type, "[2,2]", data)]));
        _directory.Write("m.txt", "tea\ncoffee\n");

        using var imported = new ImportedTable(path);

        Assert.Equal("safetensors", imported.Result.Format);
        Assert.Equal([1, -2], imported.Vector("tea"));
        Assert.Equal([0.5f, 1024], imported.Vector("coffee"));
    }

    [Theory]
    [InlineData("vectors", "head.weight", null, 1)]
    [InlineData("a", "embeddings", null, 2)]
    [InlineData("encoder.embed.weight", "b", null, 1)]
    [InlineData("a", "b", "b", 2)]
    [InlineData("a", "b", null, 0)]
    [InlineData("a.weight", "b.weight", null, 0)]
    [InlineData("a", "b", "c", 0)]
    public void MatrixIsChosenByItsName(string first, string second, string? entry, int chosen)
    {
        string path = _directory.Write("m.safetensors", File(
        [
            (first, "F32", "[1,1]", SpacyModel.Floats(1)), (second, "F32", "[1,1]", SpacyModel.Floats(2)),
        ]));
        _directory.Write("m.txt", "tea");
        var options = new ImportOptions { Entry = entry };
        if (chosen > 0)
        {
            using var imported = new ImportedTable(path, options);
            Assert.Equal([chosen], imported.Vector("tea"));
        }
        else
        {
            FileFormatException error = ImportedTable.Error(path, options);
            Assert.Equal("VectorsAmbiguous", error.ErrorId);
            Assert.Contains($"'{first}', '{second}'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ModelWithoutMatrixOrListIsRefused()
    {
        string path = _directory.Write("m.safetensors", File([("x", "I64", "[1,1]", new byte[8])]));
        Assert.Equal("VectorsFormatUnknown", ImportedTable.Error(path).ErrorId);

        _directory.Write("m.safetensors", File([("x", "F32", "[1,1]", new byte[4])]));
        Assert.Equal("WordListMismatch", ImportedTable.Error(path).ErrorId);

        _directory.Write("m.safetensors", File([("x", "F32", "[0,9]", [])]));
        Assert.Equal("VectorsDamaged", ImportedTable.Error(path).ErrorId);
    }

    [Fact]
    public void FileCutShortAtAnyLengthIsAnError()
    {
        _directory.Write("m.txt", "tea\ncoffee\n");
        byte[] own = System.IO.File.ReadAllBytes(WriteTable(VectorElementType.Int8, isPruned: true));
        foreach (byte[] bytes in new[] { own, File([("emb", "F32", "[2,2]", new byte[16])]) })
        {
            for (int length = 0; length < bytes.Length; length++)
            {
                string id = ImportedTable.Error(_directory.Write("m.safetensors", bytes[..length])).ErrorId;
                Assert.True(id == "VectorsDamaged" || length < 10, $"{id} at {length}.");
            }
        }
    }

    [Fact]
    public void DamagedFilesGiveTheTypedError()
    {
        byte[] list = "tea\ncoffee\n"u8.ToArray();
        byte[] own = System.IO.File.ReadAllBytes(WriteTable(VectorElementType.Int8, isPruned: true));
        byte[] plain = System.IO.File.ReadAllBytes(WriteTable(VectorElementType.Float32, isPruned: false));
        byte[] foreign = File([("a", "I64", "[1]", new byte[8]), ("weight", "BF16", "[2,2]", new byte[8])]);
        SourceFuzzer.Run(
            6,
            FuzzSeed.File("t.safetensors", own),
            FuzzSeed.File("t.safetensors", plain, new ImportOptions { ElementType = VectorElementType.Float16 }),
            new FuzzSeed(
                new Dictionary<string, byte[]> { ["m.safetensors"] = foreign, ["m.txt"] = list }, "m.safetensors"));
    }

    private static byte[] File((string Name, string Type, string Shape, byte[] Data)[] tensors)
    {
        var entries = new List<string>();
        var data = new List<byte>();
        foreach ((string name, string type, string shape, byte[] bytes) in tensors)
        {
            int start = data.Count;
            data.AddRange(bytes);
            entries.Add($$"""
                "{{name}}":{"dtype":"{{type}}","shape":{{shape}},"data_offsets":[{{start}},{{data.Count}}]}
                """);
        }

        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. data];
    }

    [Theory]
    [InlineData("F8_E4M3", "[3]", 3)]
    [InlineData("F8_E5M2", "[2,2]", 4)]
    [InlineData("F8_E8M0", "[1]", 1)]
    [InlineData("F4", "[2,4]", 4)]
    [InlineData("F6_E2M3", "[4]", 3)]
    [InlineData("C64", "[2]", 16)]
    [InlineData("F2_NEW", "[3,5]", 4)]
    public void TensorsOfOtherTypesBesideTheMatrixAreSkipped(string type, string shape, int bytes)
    {
        byte[] matrix = SpacyModel.Floats(1, -2, 0.5f, 1024);
        string path = _directory.Write(
            "m.safetensors", File([("other", type, shape, new byte[bytes]), ("emb", "F32", "[2,2]", matrix)]));
        _directory.Write("m.txt", "tea\ncoffee\n");

        using var imported = new ImportedTable(path);

        Assert.Equal([0.5f, 1024], imported.Vector("coffee"));
        _directory.Write("m.safetensors", File([("other", type, "[2,2]", new byte[16])]));
        Assert.NotNull(ImportedTable.Error(path));
    }

    private static byte[] Encode(float value, string type) => type switch
    {
        "F16" => BitConverter.GetBytes((Half)value),
        "BF16" => BitConverter.GetBytes(value)[2..],
        "F64" => BitConverter.GetBytes((double)value),
        _ => BitConverter.GetBytes(value),
    };

    // Two rows, three keys with names and one without, and the n-grams of four buckets, two of which may be pruned.
    private string WriteTable(VectorElementType elementType, bool isPruned)
    {
        string path = _directory.File("own.safetensors");
        using FileStream stream = System.IO.File.Create(path);
        using var writer = new WordVectorTableWriter(
            stream, 2, elementType, new Dictionary<string, string> { ["name"] = "mine", ["source"] = "a test" });
        Assert.True(writer.TryAddRow([1, -2], out _));
        Assert.True(writer.TryAddRow([0.25f, 3], out _));
        writer.TryAddKey("tea"u8, 0);
        writer.TryAddKey("coffee"u8, 1);
        writer.TryAddNamelessKey(SpacyModel.Hash("hidden"), 1);
        writer.TryAddKey("thé"u8, 0);
        var options = new SubwordOptions
        {
            Hash = SubwordHash.FastText, MinimumLength = 2, MaximumLength = 3, Buckets = 4,
        };
        writer.BeginNgrams(options, isPruned ? [0, 2, 1, 0] : default);
        for (int i = 0; i < (isPruned ? 2 : 4); i++)
        {
            Assert.True(writer.TryAddNgram([i, 1]));
        }

        writer.Complete(new Dictionary<string, string> { ["duplicate_keys"] = "0", ["skipped_vectors"] = "0" });
        return path;
    }
}
