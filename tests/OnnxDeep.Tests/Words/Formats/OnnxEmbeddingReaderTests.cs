using System.Runtime.InteropServices;

using Google.Protobuf;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class OnnxEmbeddingReaderTests : IDisposable
{
    private const int Float = 1;
    private const int Float16 = 10;
    private const int Double = 11;
    private const int BFloat16 = 16;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Float, false, 3)]
    [InlineData(Float, true, 3)]
    [InlineData(Float, false, 400)]
    [InlineData(Float, true, 400)]
    [InlineData(Double, false, 400)]
    [InlineData(Double, true, 400)]
    [InlineData(Float16, false, 600)]
    [InlineData(Float16, true, 600)]
    [InlineData(BFloat16, false, 600)]
    [InlineData(BFloat16, true, 600)]
    public void NumbersOfEveryFloatTypeAreReadFromWhereverTheyStand(int type, bool isTyped, int rows)
    {
        _directory.Write("m.txt", string.Join('\n', Enumerable.Range(0, rows).Select(i => $"w{i}")));

        using ImportedTable imported = Import(Model(Table("table", type, rows, isTyped), Gather("table", "ids")));

        Assert.Equal(
            ("ONNX embedding", rows, 2), (imported.Result.Format, imported.Result.Keys, imported.Result.Dimensions));
        Assert.Equal([Value(0), Value(1)], imported.Vector("w0"));
        Assert.Equal([Value((2 * rows) - 2), Value((2 * rows) - 1)], imported.Vector($"w{rows - 1}"));
    }

    [Fact]
    public void NumbersInAFileBesideTheModelAreRead()
    {
        TensorProto table = Table("table", Float, 3, isTyped: false);
        _directory.Write("weights", [0, 0, 0, 0, .. table.RawData.Span]);
        table.ClearRawData();
        table.DataLocation = TensorProto.Types.DataLocation.External;
        table.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights" });
        table.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "4" });
        _directory.Write("m.txt", "a\nb\nc\n");

        using ImportedTable imported = Import(Model(table, Gather("table", "ids")));
        table.ExternalData[1].Value = "8";

        Assert.Equal([Value(4), Value(5)], imported.Vector("c"));
        Assert.Equal(ErrorIds.ModelInvalid, ModelError(Model(table, Gather("table", "ids"))).ErrorId);
    }

    [Theory]
    [InlineData("keys_strings", "values_int64s")]
    [InlineData("keys_tensor", "values_tensor")]
    [InlineData("cats_strings", "cats_int64s")]
    public void WordsOfTheModelComeFromItsEncoder(string keys, string values)
    {
        string[] words = ["tea", "größe", "New York", "thé", "beyond"];
        NodeProto encoder = Encoder(
            keys == "cats_strings" ? "CategoryMapper" : "LabelEncoder", keys, words, values, [2, 0, 5, 0, 9]);
        NodeProto reshape = new() { OpType = "Reshape", Input = { "code", "shape" }, Output = { "ids" } };

        using ImportedTable imported = Import(
            Model(Table("table", Float, 6, isTyped: false), encoder, reshape, Gather("table", "ids")));

        Assert.Equal(["größe", "thé", "tea", "New York"], imported.Keys);
        Assert.Equal([Value(4), Value(5)], imported.Vector("tea"));
        Assert.Equal([Value(0), Value(1)], imported.Vector("thé"));
        Assert.Equal([Value(10), Value(11)], imported.Vector("New York"));
        Assert.Equal((3, 1L), (imported.Result.Rows, imported.Result.Ragged));
        Assert.Contains("names row 9 of 6", imported.Result.Skipped[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OldEncoderNumbersItsClasses()
    {
        NodeProto encoder = Encoder("LabelEncoder", "classes_strings", ["a", "b", "c"], null, []);

        using ImportedTable imported = Import(
            Model(Table("table", Float, 3, isTyped: false), encoder, Gather("table", "code")));

        Assert.Equal(["a", "b", "c"], imported.Keys);
        Assert.Equal([Value(2), Value(3)], imported.Vector("b"));
    }

    [Fact]
    public void ManyWordsWithNumbersInATensorAreRead()
    {
        string[] words = [.. Enumerable.Range(0, 500).Select(i => $"w{i}")];
        NodeProto encoder = Encoder(
            "LabelEncoder", "keys_tensor", words, "values_tensor", [.. Enumerable.Range(0, 500).Select(i => 499L - i)]);

        using ImportedTable imported = Import(
            Model(Table("table", Float, 500, isTyped: false), encoder, Gather("table", "code")));

        Assert.Equal("w499", imported.Keys[0]);
        Assert.Equal([Value(998), Value(999)], imported.Vector("w0"));
    }

    [Fact]
    public void NumberThatIsCountedOnIsNoRow()
    {
        NodeProto encoder = Encoder("LabelEncoder", "classes_strings", ["a", "b"], null, []);
        NodeProto add = new() { OpType = "Add", Input = { "code", "one" }, Output = { "ids" } };

        Assert.Equal(
            ErrorIds.WordListMismatch,
            Error(Model(Table("table", Float, 3, isTyped: false), encoder, add, Gather("table", "ids"))).ErrorId);
    }

    [Fact]
    public void OneOfSeveralTablesIsNamed()
    {
        ModelProto model = Model(
            Table("words", Float, 3, isTyped: false), Gather("words", "ids"), Gather("positions", "ids"));
        model.Graph.Initializer.Add(Table("positions", Float, 2, isTyped: false));
        _directory.Write("m.txt", "a\nb\nc\n");

        FileFormatException error = Error(model);
        FileFormatException other = Error(model, new ImportOptions { Entry = "other" });
        using ImportedTable imported = Import(model, new ImportOptions { Entry = "words" });

        Assert.Equal(ErrorIds.VectorsAmbiguous, error.ErrorId);
        Assert.Contains("'words' [3, 2], 'positions' [2, 2]", error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.VectorsAmbiguous, other.ErrorId);
        Assert.Equal(["a", "b", "c"], imported.Keys);
    }

    [Fact]
    public void TableWithWordsIsMeantBeforeOneWithout()
    {
        ModelProto model = Model(
            Table("words", Float, 2, isTyped: false),
            Gather("positions", "ids"),
            Encoder("LabelEncoder", "classes_strings", ["a", "b"], null, []),
            Gather("words", "code"));
        model.Graph.Initializer.Add(Table("positions", Float, 2, isTyped: false));

        using ImportedTable imported = Import(model);

        Assert.Equal(["a", "b"], imported.Keys);
    }

    [Fact]
    public void TableBehindConstantAndCastIsFound()
    {
        var constant = new NodeProto { OpType = "Constant", Output = { "c" } };
        constant.Attribute.Add(new AttributeProto { Name = "value", T = Table("", Float16, 600, isTyped: false) });
        var cast = new NodeProto { OpType = "Cast", Input = { "c" }, Output = { "table" } };
        _directory.Write("m.txt", string.Join('\n', Enumerable.Range(0, 600)));

        using ImportedTable imported = Import(Model(null, constant, cast, Gather("table", "ids")));

        Assert.Equal([Value(1198), Value(1199)], imported.Vector("599"));
    }

    [Fact]
    public void ModelWithoutATableIsToldSo()
    {
        NodeProto columns = Gather("table", "ids");
        columns.Attribute.Add(new AttributeProto { Name = "axis", I = 1 });

        FileFormatException error = Error(Model(Table("table", Float, 3, isTyped: false), columns));

        Assert.Equal(ErrorIds.VectorsFormatUnknown, error.ErrorId);
        Assert.Contains("Gather", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(-3, 2)]
    [InlineData(long.MaxValue, 2)]
    [InlineData(3, 1L << 40)]
    [InlineData(0, 2)]
    public void ShapeThatTheNumbersDoNotFillIsATypedError(long rows, long dimensions)
    {
        foreach (int count in new[] { 3, 400 })
        {
            TensorProto table = Table("table", Float, count, isTyped: false);
            table.Dims.Clear();
            table.Dims.Add([rows, dimensions]);
            _directory.Write("m.txt", "a\nb\nc\n");
            string path = Write(Model(table, Gather("table", "ids")));

            Assert.ThrowsAny<OnnxDeepException>(() => new ImportedTable(path));
        }
    }

    [Fact]
    public void ModelCutShortAtAnyLengthIsATypedError()
    {
        byte[] whole = Model(
            Table("table", Float, 200, isTyped: false),
            Encoder("LabelEncoder", "classes_strings", ["a", "b"], null, []),
            Gather("table", "code")).ToByteArray();

        // The model that ends after its graph is complete, apart from its opset.
        int graphEnd = whole.AsSpan().LastIndexOf(new byte[] { 0x42, 2, 0x10, 17 });
        for (int length = 2; length < whole.Length; length++)
        {
            string path = _directory.Write("m.onnx", whole[..length]);
            if (length == graphEnd)
            {
                using var imported = new ImportedTable(path);
                Assert.Equal(["a", "b"], imported.Keys);
                continue;
            }

            Assert.Equal(
                ErrorIds.ModelTruncated,
                Assert.Throws<FileFormatException>(() => new ImportedTable(path)).ErrorId);
        }
    }

    [Fact]
    public void DamagedModelsGiveTypedErrorsOnly()
    {
        ModelProto listed = Model(Table("table", Float16, 600, isTyped: false), Gather("table", "ids"));
        ModelProto worded = Model(
            Table("table", Float, 3, isTyped: true),
            Encoder("LabelEncoder", "keys_strings", ["a", "b", "c"], "values_int64s", [2, 0, 1]),
            Gather("table", "code"));
        byte[] words =
        [
            .. Enumerable.Range(0, 600)
                .SelectMany(i => new[] { (byte)('a' + (i % 26)), (byte)('a' + (i / 26)), (byte)'\n' }),
        ];
        SourceFuzzer.Run(
            13,
            new FuzzSeed(
                new Dictionary<string, byte[]> { ["m.onnx"] = listed.ToByteArray(), ["m.txt"] = words }, "m.onnx"),
            FuzzSeed.File("w.onnx", worded.ToByteArray()));
    }

    private static float Value(int index) => (index % 64) / 8f;

    private static NodeProto Gather(string table, string ids) =>
        new() { OpType = "Gather", Input = { table, ids }, Output = { $"rows of {table}" } };

    private static TensorProto Table(string name, int type, int rows, bool isTyped)
    {
        var tensor = new TensorProto { Name = name, DataType = type, Dims = { rows, 2 } };
        IEnumerable<float> values = Enumerable.Range(0, rows * 2).Select(Value);
        switch (type)
        {
            case Float when isTyped:
                tensor.FloatData.AddRange(values);
                break;
            case Double when isTyped:
                tensor.DoubleData.AddRange(values.Select(value => (double)value));
                break;
            case Float16 when isTyped:
                tensor.Int32Data.AddRange(values.Select(value => (int)BitConverter.HalfToUInt16Bits((Half)value)));
                break;
            case BFloat16 when isTyped:
                tensor.Int32Data.AddRange(values.Select(value => BitConverter.SingleToInt32Bits(value) >>> 16));
                break;
            default:
                tensor.RawData = ByteString.CopyFrom([.. values.SelectMany(value => type switch
                {
                    Float => BitConverter.GetBytes(value),
                    Double => BitConverter.GetBytes((double)value),
                    Float16 => BitConverter.GetBytes((Half)value),
                    _ => BitConverter.GetBytes(value)[2..],
                })]);
                break;
        }

        return tensor;
    }

    private static NodeProto Encoder(string type, string keys, string[] words, string? values, long[] numbers)
    {
        IEnumerable<ByteString> strings = words.Select(ByteString.CopyFromUtf8);
        var node = new NodeProto { OpType = type, Domain = "ai.onnx.ml", Input = { "text" }, Output = { "code" } };
        node.Attribute.Add(keys == "keys_tensor"
            ? new AttributeProto
            {
                Name = keys, T = new TensorProto { DataType = 8, Dims = { words.Length }, StringData = { strings } },
            }
            : new AttributeProto { Name = keys, Strings = { strings } });
        if (values is not null)
        {
            ByteString raw = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(numbers));
            node.Attribute.Add(values == "values_tensor"
                ? new AttributeProto
                {
                    Name = values, T = new TensorProto { DataType = 7, Dims = { words.Length }, RawData = raw },
                }
                : new AttributeProto { Name = values, Ints = { numbers } });
        }

        return node;
    }

    private static ModelProto Model(TensorProto? table, params NodeProto[] nodes)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Node = { nodes } },
            OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        };
        if (table is not null)
        {
            model.Graph.Initializer.Add(table);
        }

        return model;
    }

    private string Write(ModelProto model) => _directory.Write("m.onnx", model.ToByteArray());

    private ImportedTable Import(ModelProto model, ImportOptions? options = null) => new(Write(model), options);

    private FileFormatException Error(ModelProto model, ImportOptions? options = null) =>
        ImportedTable.Error(Write(model), options);

    private FileFormatException ModelError(ModelProto model)
    {
        string path = Write(model);
        return Assert.Throws<FileFormatException>(() => new ImportedTable(path));
    }
}
