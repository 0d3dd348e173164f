using System.Globalization;

using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Values;

public sealed class ModelRunnerTests
{
    public static TheoryData<OnnxElementType, object, object> Elements => new()
    {
        { OnnxElementType.Float, 1.5, 1.5f },
        { OnnxElementType.Double, 1.5f, 1.5 },
        { OnnxElementType.Float16, 1.5, 1.5f },
        { OnnxElementType.Float16, (Half)1.5, 1.5f },
        { OnnxElementType.BFloat16, 1.5, 1.5f },
        { OnnxElementType.Int8, -128, (sbyte)-128 },
        { OnnxElementType.UInt8, 255, (byte)255 },
        { OnnxElementType.Int16, -5.0, (short)-5 },
        { OnnxElementType.UInt16, 65535L, (ushort)65535 },
        { OnnxElementType.Int32, "7", 7 },
        { OnnxElementType.UInt32, 4294967295L, 4294967295u },
        { OnnxElementType.Int64, long.MinValue, long.MinValue },
        { OnnxElementType.UInt64, ulong.MaxValue, ulong.MaxValue },
        { OnnxElementType.Bool, true, true },
        { OnnxElementType.Bool, "False", false },
        { OnnxElementType.Float, true, 1f },
        { OnnxElementType.Float, "TRUE", 1f },
        { OnnxElementType.Float, " -inf ", float.NegativeInfinity },
        { OnnxElementType.Int64, " 9007199254740993", 9007199254740993 },
        { OnnxElementType.String, "ünï", "ünï" },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void EveryElementTypeGoesInAndComesOut(OnnxElementType type, object given, object expected)
    {
        object? output = Run(Identity(type, -1, 2), new object?[][] { [given, given], [given, given] });

        var array = Assert.IsType<TensorArray>(output);
        Assert.Equal((2, 2), (array.GetLength(0), array.GetLength(1)));
        Assert.All(array.ToArray().Cast<object>(), item => Assert.Equal(expected, item));
    }

    [Fact]
    public void ScalarsArraysAndEmptyTensorsKeepTheirShapes()
    {
        Assert.Equal(3f, Run(Identity(OnnxElementType.Float), 3));
        Assert.Equal(
            new float[,,] { { { 1, 2 } } },
            ToArray(Run(Identity(OnnxElementType.Float, -1, 1, 2), new double[,,] { { { 1, 2 } } })));
        object? empty = Run(Identity(OnnxElementType.Int32, -1, 3), new int[0, 3]);
        Assert.Equal(new int[0, 3], ToArray(empty));
        Assert.Equal(new int[0, 3], ToArray(Run(Identity(OnnxElementType.Int32, -1, 3), empty)));
        Assert.Equal(new long[0, 3], ToArray(Run(Identity(OnnxElementType.Int64, -1, 3), new long[0, 3])));
        Assert.Equal(Array.Empty<string>(), Run(Identity(OnnxElementType.String, -1), Array.Empty<object>()));
    }

    [Theory]
    [InlineData(OnnxElementType.Int8, 128)]
    [InlineData(OnnxElementType.Int32, 1.5)]
    [InlineData(OnnxElementType.UInt64, -1)]
    [InlineData(OnnxElementType.Float, "abc")]
    [InlineData(OnnxElementType.String, 1)]
    [InlineData(OnnxElementType.Bool, 2)]
    [InlineData(OnnxElementType.Float, 1e39)]
    [InlineData(OnnxElementType.Float, "-1e39")]
    [InlineData(OnnxElementType.Float16, 65520)]
    [InlineData(OnnxElementType.BFloat16, 3.4e38)]
    [InlineData(OnnxElementType.Double, "1e400")]
    [InlineData(OnnxElementType.Float, null)]
    public void WrongElementsAreNamedBeforeTheRun(OnnxElementType type, object? value)
    {
        var error = Assert.Throws<ModelException>(() => Run(Identity(type, -1), new[] { value }));

        Assert.Equal(ErrorIds.InputTypeMismatch, error.ErrorId);
        Assert.Contains($"'x' takes {type.GetName()} [N]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OnnxElementType.Float16, 70000, "but 70000 is beyond the range of float16, -65504 to 65504.")]
    [InlineData(OnnxElementType.Int8, 128, "but 128 is beyond the range of int8, -128 to 127.")]
    [InlineData(OnnxElementType.Double, "-1e999", "but -1e999 is beyond the range of double, -1.797")]
    public void NumberBeyondTheRangeIsNamedWithTheRange(OnnxElementType type, object value, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<ModelException>(() => Run(Identity(type, -1), new[] { value })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void InfinityIsANumberOfEveryFloatingPointType()
    {
        foreach (OnnxElementType type in
            new[] { OnnxElementType.Float, OnnxElementType.Float16, OnnxElementType.BFloat16 })
        {
            Assert.Equal(
                [float.PositiveInfinity, float.NegativeInfinity],
                (float[])Run(Identity(type, -1), new object[] { double.PositiveInfinity, "-Infinity" })!);
        }
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("1,500")]
    [InlineData("0,05")]
    public void ACommaInTextIsReadByTheCultureOnly(string text)
    {
        ModelException error = Assert.Throws<ModelException>(
            () => Run(Identity(OnnxElementType.Float, -1), new[] { text }));
        Assert.Equal(ErrorIds.NumberAmbiguous, error.ErrorId);
        Assert.Contains($"'{text}' was given, whose comma", error.Message, StringComparison.Ordinal);

        var input = new OnnxParameter("x", new OnnxType(OnnxTypeKind.Tensor, OnnxElementType.Float, null, null), false);
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        OnnxValue value = new InputConverter(input, item => item, culture).Convert(text);
        Assert.Equal(float.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture), value.ToObject());
    }

    [Fact]
    public void WrongShapesAreNamedBeforeTheRun()
    {
        ModelException error = Assert.Throws<ModelException>(
            () => Run(Identity(OnnxElementType.Float, -1, 3), new float[2, 4]));
        Assert.Equal(ErrorIds.InputShapeMismatch, error.ErrorId);
        Assert.Contains("takes float [N, 3], but float [2, 4] was given", error.Message, StringComparison.Ordinal);

        object[] ragged = [new object[] { 1, 2 }, new object[] { 3 }];
        Assert.Equal(
            ErrorIds.InputShapeMismatch,
            Assert.Throws<ModelException>(() => Run(Identity(OnnxElementType.Float, -1, 2), ragged)).ErrorId);
        var endless = new List<object>();
        endless.Add(endless);
        Assert.Equal(
            ErrorIds.InputShapeMismatch,
            Assert.Throws<ModelException>(() => Run(Identity(OnnxElementType.Float, -1, 2), endless)).ErrorId);
    }

    [Fact]
    public void NamesAreCheckedFirst()
    {
        ModelProto add = TestModels.Model(
            "Add",
            [TestModels.Tensor("a", OnnxElementType.Float, -1), TestModels.Tensor("b", OnnxElementType.Float, -1)],
            [TestModels.Tensor("c", OnnxElementType.Float, -1)]);

        Assert.Equal(ErrorIds.InputNameUnknown, Fail(add, new() { ["z"] = 1, ["a"] = "no" }));
        Assert.Equal(ErrorIds.InputMissing, Fail(add, new() { ["A"] = 1 }));
        Assert.Equal(ErrorIds.OutputNameUnknown, Fail(add, [], "d"));
    }

    [Fact]
    public void MapsAndSequencesOfMapsGoInAndComeOut()
    {
        ValueInfoProto features = new()
        {
            Name = "x",
            Type = new TypeProto
            {
                MapType = new TypeProto.Types.Map
                {
                    KeyType = (int)OnnxElementType.String,
                    ValueType = TestModels.Tensor("v", OnnxElementType.Float).Type,
                },
            },
        };
        ModelProto vectorizer = TestModels.Model(
            "DictVectorizer", [features], [TestModels.Tensor("y", OnnxElementType.Float, 1, 2)], "ai.onnx.ml");
        vectorizer.Graph.Node[0].Attribute.Add(Strings("string_vocabulary", "a", "b"));
        Assert.Equal(
            new float[,] { { 0, 2 } }, ToArray(Run(vectorizer, new System.Collections.Hashtable { ["b"] = 2 })));

        ModelProto zip = TestModels.Model(
            "ZipMap",
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 2)],
            [new ValueInfoProto { Name = "y", Type = ToSequence(features.Type) }],
            "ai.onnx.ml");
        zip.Graph.Node[0].Attribute.Add(Strings("classlabels_strings", "a", "b"));
        var rows = Assert.IsType<object[]>(Run(zip, new float[,] { { 1, 2 }, { 3, 4 } }));
        Assert.Equal(4f, ((System.Collections.IDictionary)rows[1])["b"]);
    }

    [Fact]
    public void RunsThatTakeTooLongEnd()
    {
        // A loop that counts to 2^40.
        var body = new GraphProto { Name = "body" };
        body.Node.Add(new NodeProto { OpType = "Identity", Input = { "go" }, Output = { "go_on" } });
        body.Node.Add(new NodeProto { OpType = "Add", Input = { "sum", "sum" }, Output = { "next" } });
        body.Input.AddRange(
        [
            TestModels.Tensor("i", OnnxElementType.Int64),
            TestModels.Tensor("go", OnnxElementType.Bool),
            TestModels.Tensor("sum", OnnxElementType.Float),
        ]);
        body.Output.AddRange(
            [TestModels.Tensor("go_on", OnnxElementType.Bool), TestModels.Tensor("next", OnnxElementType.Float)]);
        ModelProto loop = TestModels.Model(
            "Loop",
            [
                TestModels.Tensor("trips", OnnxElementType.Int64),
                TestModels.Tensor("cond", OnnxElementType.Bool),
                TestModels.Tensor("start", OnnxElementType.Float),
            ],
            [TestModels.Tensor("end", OnnxElementType.Float)]);
        loop.Graph.Node[0].Attribute.Add(
            new AttributeProto { Name = "body", G = body, Type = AttributeProto.Types.AttributeType.Graph });
        var values = new Dictionary<string, object?> { ["trips"] = 1L << 40, ["cond"] = true, ["start"] = 1 };

        var error = Assert.Throws<ModelException>(() => Run(loop, values, [], TimeSpan.FromMilliseconds(200)));

        Assert.Equal(ErrorIds.RunTimedOut, error.ErrorId);
        Assert.Contains("ran longer than 0.2 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ElementsOfATypeWithoutReaderAreAnError()
    {
        ModelProto model = TestModels.Model(
            "QuantizeLinear",
            [TestModels.Tensor("x", OnnxElementType.Float, -1)],
            [TestModels.Tensor("y", (OnnxElementType)22, -1)],
            opset: 21);
        model.IrVersion = 10;
        model.Graph.Node[0].Input.AddRange(["scale", "zero"]);
        model.Graph.Initializer.Add(new TensorProto { Name = "scale", DataType = 1, FloatData = { 1 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "zero", DataType = 22, Int32Data = { 0 } });

        var error = Assert.Throws<ModelException>(() => Run(model, 1f));

        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        Assert.EndsWith("TensorElementType value of: 22", error.Message, StringComparison.Ordinal);
    }

    private static Array ToArray(object? value) => Assert.IsType<TensorArray>(value).ToArray();

    private static AttributeProto Strings(string name, params string[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }

    private static TypeProto ToSequence(TypeProto item) =>
        new() { SequenceType = new TypeProto.Types.Sequence { ElemType = item } };

    private static ModelProto Identity(OnnxElementType type, params long[] shape) =>
        TestModels.Model("Identity", [TestModels.Tensor("x", type, shape)], [TestModels.Tensor("y", type, shape)]);

    private static string Fail(ModelProto model, Dictionary<string, object?> values, params string[] outputs) =>
        Assert.Throws<ModelException>(() => Run(model, values, outputs)).ErrorId;

    private static object? Run(ModelProto model, object? value) =>
        Run(model, new() { ["x"] = value }, [])[0].ToObject();

    private static IReadOnlyList<OnnxValue> Run(
        ModelProto model, Dictionary<string, object?> values, string[] outputs, TimeSpan? timeout = null)
    {
        using var directory = new TemporaryDirectory();
        using var session = OnnxSession.Open(directory.Write("model.onnx", model.ToByteArray()));
        var runner = new ModelRunner(session, outputs, timeout);
        return runner.Run(runner.Bind(values, value => value));
    }
}
