using System.Text;

using Google.Protobuf;

using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>One word that is not text, among others, in every format.</summary>
public sealed class InvalidWordTests : IDisposable
{
    // gensim 4.2 with unicode_errors='replace' reads "caf\uFFFD" and "\uFFFD(" too.
    private static readonly byte[] s_cut = [.. "caf"u8, 0xC3];
    private static readonly byte[] s_wrong = [0xC3, (byte)'('];
    private static readonly byte[] s_nul = [.. "a\0b"u8];
    private static readonly byte[] s_surrogate = [(byte)'x', 0xED, 0xA0, 0x80];

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Formats() =>
    [
        "text", "word2vec text", "word2vec binary", "fastText", "unmarked fastText", "NumPy", "safetensors", "spaCy",
        "ONNX", "gzip", "zip", "tar",
    ];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void WordThatIsNotTextIsLeftOutAndListed(string format)
    {
        foreach (byte[] bad in format == "fastText" || format == "unmarked fastText"
            ? [s_cut, s_wrong, s_surrogate]
            : new[] { s_cut, s_wrong, s_surrogate, s_nul })
        {
            using var imported = new ImportedTable(Write(format, "tea"u8.ToArray(), bad, "größe"u8.ToArray()));

            Assert.Equal(["tea", "größe"], imported.Keys);
            Assert.Equal((1L, 0L, 0L), (imported.Result.Invalid, imported.Result.Replaced, imported.Result.Ragged));
            SkippedVector skipped = Assert.Single(imported.Result.Skipped);
            Assert.Equal(skipped, Assert.Single(imported.Result.InvalidWords));
            Assert.Contains('\uFFFD', skipped.Key);
            Assert.Equal(1, imported.Table.Skipped);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void ReplacementCharactersMakeAWordOfIt(string format)
    {
        using var imported = new ImportedTable(
            Write(format, "tea"u8.ToArray(), s_cut, s_wrong),
            new ImportOptions { InvalidWord = InvalidWordAction.Replace });

        Assert.Equal(["tea", "caf\uFFFD", "\uFFFD("], imported.Keys);
        Assert.Equal((2L, 2L), (imported.Result.Invalid, imported.Result.Replaced));
        Assert.Empty(imported.Result.Skipped);
        Assert.Equal(2, imported.Result.InvalidWords.Count);
        Assert.Equal(0, imported.Table.Skipped);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void FirstInvalidWordStopsTheImport(string format)
    {
        string path = Write(format, "tea"u8.ToArray(), s_wrong, "milk"u8.ToArray());

        FileFormatException error = ImportedTable.Error(
            path, new ImportOptions { InvalidWord = InvalidWordAction.Stop });

        Assert.Equal(ErrorIds.VectorsEncodingWrong, error.ErrorId);
        Assert.NotNull(error.Offset);
    }

    [Fact]
    public void NulIsReplacedTooAndEqualWordsAreDuplicates()
    {
        using var imported = new ImportedTable(
            Write("text", s_nul, [.. "a"u8, 0xFF, .. "b"u8], "tea"u8.ToArray()),
            new ImportOptions { InvalidWord = InvalidWordAction.Replace });

        Assert.Equal(["a\uFFFDb", "tea"], imported.Keys);
        Assert.Equal((2L, 1L), (imported.Result.Replaced, imported.Result.Duplicates));
    }

    [Fact]
    public void ProblemNamesLineOffsetAndBytes()
    {
        using var imported = new ImportedTable(Write("word2vec text", "tea"u8.ToArray(), s_wrong, s_nul));

        Assert.Equal(
            ["Line 3, byte 12: '\uFFFD(' is not utf-8 text (C3 28).", "Line 4, byte 19: 'a\uFFFDb' contains a NUL or "
                + "invalid character."],
            imported.Result.Skipped.Select(skipped => skipped.ToString()));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("word2vec binary")]
    [InlineData("fastText")]
    [InlineData("NumPy")]
    public void WordThatIsTooLongIsLeftOutWhateverTheOptionsSay(string format)
    {
        byte[] long1 = Encoding.ASCII.GetBytes(new string('x', 5000));
        byte[] long2 = Encoding.ASCII.GetBytes(new string('y', 60_000));
        foreach (InvalidWordAction action in new[] { InvalidWordAction.Skip, InvalidWordAction.Replace })
        {
            using var imported = new ImportedTable(
                Write(format, long1, long2, "tea"u8.ToArray()), new ImportOptions { InvalidWord = action });

            Assert.Equal(["tea"], imported.Keys);
            Assert.Equal((2L, 0L), (imported.Result.Invalid, imported.Result.Replaced));
            Assert.Equal(2, imported.Result.Skipped.Count);
            Assert.True(imported.Result.Skipped[0].Key.Length < 100);
        }
    }

    [Fact]
    public void LinesWithoutAWordOrItsNumbersStopToo()
    {
        foreach (string text in new[] { "a 1 2\nb 1\nc 1 2\n", "a 1 2\n 1 2\n", "a 1 2\nb 1 2 3\n" })
        {
            string path = _directory.Write("v.txt", text);
            using var imported = new ImportedTable(path);
            Assert.Equal(1, imported.Result.Ragged);

            FileFormatException error = ImportedTable.Error(
                path, new ImportOptions { InvalidWord = InvalidWordAction.Stop });
            Assert.Equal(ErrorIds.VectorsDamaged, error.ErrorId);
            Assert.InRange(error.Offset!.Value, 6, 7);
            Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HalfOfASurrogatePairInUtf16IsAnInvalidWord()
    {
        byte[] start = Encoding.Unicode.GetBytes("\uFEFFtea 1 2\nx");
        byte[] text = [.. start, 0x00, 0xD8, .. Encoding.Unicode.GetBytes("y 3 4\n")];
        using var imported = new ImportedTable(_directory.Write("v.txt", text));

        Assert.Equal(["tea"], imported.Keys);
        Assert.Equal("x\uFFFDy", Assert.Single(imported.Result.InvalidWords).Key);
    }

    [Fact]
    public void InvalidBytesOfACodePageAreInvalidWords()
    {
        Encoding japanese = CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!;
        byte[] text = [.. japanese.GetBytes("寿司 1 2\n"), .. "x"u8, 0x81, .. " 3 4\n"u8];
        using var imported = new ImportedTable(
            _directory.Write("v.txt", text), new ImportOptions { Encoding = japanese });

        Assert.Equal(["寿司"], imported.Keys);
        Assert.Contains("shift_jis", imported.Result.InvalidWords[0].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void SourceWithoutAValidWordIsRefused(string format)
    {
        FileFormatException error = ImportedTable.Error(Write(format, s_cut, s_wrong, s_surrogate));

        Assert.Equal(ErrorIds.VectorsEncodingWrong, error.ErrorId);
    }

    [Theory]
    [InlineData("bin_badutf.bin", "a c")]
    [InlineData("nul.txt", "c")]
    [InlineData("multi.txt.gz", "a b c d")]
    [InlineData("n_fortran.npy", "one two three four")]
    [InlineData("x_f8.safetensors", "one two three four")]
    public void FilesOfOtherProgramsAreRead(string file, string keys)
    {
        using var imported = new ImportedTable(Fixtures.Find("field", "vectors", file));

        Assert.Equal(keys.Split(' '), imported.Keys);
    }

    // Three words with the vectors [1, 2], [3, 4] and [5, 6].
    private string Write(string format, params byte[][] words)
    {
        switch (format)
        {
            case "text":
                return _directory.Write("v.txt", Text(words));
            case "word2vec text":
                return _directory.Write("v.txt", [.. "3 2\n"u8, .. Text(words)]);
            case "word2vec binary":
                return _directory.Write(
                    "v.bin",
                    [.. "3 2\n"u8, .. words.SelectMany((word, i) =>
                        (byte[])[.. word, (byte)' ', .. SpacyModel.Floats((2 * i) + 1, (2 * i) + 2), (byte)'\n'])]);
            case "fastText":
                return _directory.Write("v.bin", new FastTextModel { Words = words }.ToBytes());
            case "unmarked fastText":
                return _directory.Write("v.bin", new FastTextModel { Words = words, IsUnmarked = true }.ToBytes());
            case "NumPy":
                WriteList(words);
                return _directory.Write("v.npy", SpacyModel.Npy("'<f4'", [3, 2], Rows()));
            case "safetensors":
                WriteList(words);
                byte[] header = Encoding.ASCII.GetBytes(
                    """{"emb":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]}}""");
                return _directory.Write(
                    "v.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. header, .. Rows()]);
            case "spaCy":
                return WriteSpacy(words);
            case "ONNX":
                return _directory.Write("v.onnx", Model(words).ToByteArray());
            case "gzip":
                return _directory.Write("v.gz", SpacyModel.Gzip(Text(words)));
            case "zip":
                return _directory.Write("v.zip", SourceImport.Zip(("v.txt", Text(words))));
            default:
                return _directory.Write(
                    "v.tar", SpacyModel.Tar(new Dictionary<string, byte[]> { ["v.txt"] = Text(words) }));
        }
    }

    private static byte[] Rows() => SpacyModel.Floats(1, 2, 3, 4, 5, 6);

    private static byte[] Text(byte[][] words) =>
        [.. words.SelectMany((word, i) =>
            (byte[])[.. word, .. Encoding.ASCII.GetBytes($" {(2 * i) + 1} {(2 * i) + 2}\n")])];

    private void WriteList(byte[][] words) =>
        _directory.Write("v.txt", [.. words.SelectMany(word => (byte[])[.. word, (byte)'\n'])]);

    private string WriteSpacy(byte[][] words)
    {
        using var folder = new TemporaryDirectory();
        Dictionary<string, byte[]> files = SpacyModel.Files("model/");
        files["model/key2row"] = SpacyModel.Key2Row([.. words.Select((word, i) => (WordHash.Murmur64A(word), i))]);
        IEnumerable<byte> strings = words.SelectMany(
            word => (byte[])[(byte)'"', .. word.SelectMany(b => b == 0 ? "\\u0000"u8.ToArray() : [b]), .. "\","u8]);
        files["model/strings.json"] = [(byte)'[', .. strings.SkipLast(1), (byte)']'];
        SpacyModel.Write(_directory, files);
        return _directory.File("model");
    }

    private static ModelProto Model(byte[][] words)
    {
        var encoder = new NodeProto { OpType = "LabelEncoder", Input = { "text" }, Output = { "code" } };
        encoder.Attribute.Add(new AttributeProto
        {
            Name = "keys_strings", Strings = { words.Select(word => ByteString.CopyFrom(word)) },
        });
        encoder.Attribute.Add(new AttributeProto { Name = "values_int64s", Ints = { 0L, 1L, 2L } });
        return new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto
            {
                Node =
                {
                    encoder, new NodeProto { OpType = "Gather", Input = { "table", "code" }, Output = { "row" } },
                },
                Initializer =
                {
                    new TensorProto
                    {
                        Name = "table", DataType = 1, Dims = { 3, 2 }, RawData = ByteString.CopyFrom(Rows()),
                    },
                },
            },
            OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        };
    }
}
