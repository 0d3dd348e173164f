using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Samples;

public sealed class SampleInputsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<OnnxElementType> Elements => new(
        OnnxElementType.Float, OnnxElementType.Double, OnnxElementType.Float16, OnnxElementType.BFloat16,
        OnnxElementType.Bool, OnnxElementType.Int8, OnnxElementType.UInt8, OnnxElementType.Int16,
        OnnxElementType.UInt16, OnnxElementType.Int32, OnnxElementType.UInt32, OnnxElementType.Int64,
        OnnxElementType.UInt64);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Elements))]
    public void NumbersOfEveryTypeAreInTheirRangeAndVary(OnnxElementType type)
    {
        var tensor = (OnnxTensor)Make(new SampleShape { BatchSize = 50 }, TestModels.Tensor("x", type, -1, 20))["x"];

        Assert.Equal((type, 1000), (tensor.ElementType, tensor.Count));
        double[] values =
        [
            .. Enumerable.Range(0, tensor.Count).Select(i => tensor.GetElement(i)).Select(
                element => element is Half half
                    ? (double)half
                    : Convert.ToDouble(element, System.Globalization.CultureInfo.InvariantCulture)),
        ];
        bool isReal = type
            is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;
        (double least, double most, int distinct) = type is OnnxElementType.Bool ? (0, 1, 2)
            : isReal ? (-1.0, 1.0, 100)
            : type.GetSize() >= 4 ? (0, 1, 2)
            : (1, 9, 9);
        Assert.All(values, value => Assert.InRange(value, least, most));
        Assert.True(values.Distinct().Count() >= distinct);
    }

    // Generated with another implementation of SplitMix64 and xoshiro256**.
    [Fact]
    public void SeedsGiveTheSameValuesOnEveryMachine()
    {
        var tensor = (OnnxTensor)Make(new SampleShape(), TestModels.Tensor("x", OnnxElementType.Float, 4))["x"];
        IReadOnlyDictionary<string, OnnxValue> others =
            Make(new SampleShape(), 7, TestModels.Tensor("x", OnnxElementType.Float, 4));

        Assert.Equal(ReferenceFloats(42, 4), Enumerable.Range(0, 4).Select(i => (float)tensor.GetElement(i)));
        Assert.NotEqual(((OnnxTensor)others["x"]).Bytes.ToArray(), tensor.Bytes.ToArray());
    }

    [Fact]
    public void BatchAndNamedAxesTakeTheirExtents()
    {
        var shape = new SampleShape { BatchSize = 3, Dimensions = new Dictionary<string, long> { ["SEQ"] = 5 } };
        IReadOnlyDictionary<string, OnnxValue> values = Make(
            shape, Symbolic("a", "N", "seq"), Symbolic("b", "N", "other"), Symbolic("c", "seq", "N"));

        Assert.Equal([3, 5], ((OnnxTensor)values["a"]).Shape);
        Assert.Equal([3, 1], ((OnnxTensor)values["b"]).Shape);
        Assert.Equal([5, 3], ((OnnxTensor)values["c"]).Shape);
    }

    [Fact]
    public void AxesWhoseNamesDifferInCaseOnlyAreDifferentAxes()
    {
        ValueInfoProto input = Symbolic("x", "N", "n", "seq", "SEQ");

        Assert.Equal([1, 4, 1, 3], ((OnnxTensor)Make(Dimensions(("n", 4), ("SEQ", 3)), input)["x"]).Shape);
        Assert.Equal([5, 1, 1, 1], ((OnnxTensor)Make(new SampleShape { BatchSize = 5 }, input)["x"]).Shape);
        AssertFails(ErrorIds.DimensionInvalid, Dimensions(("Seq", 4)), input);
    }

    [Fact]
    public void EveryOpenFirstAxisIsTheBatchWhateverItsName()
    {
        IReadOnlyDictionary<string, OnnxValue> values = Make(
            new SampleShape { BatchSize = 6 },
            Symbolic("ids", "unk__1", "unk__2"),
            Symbolic("mask", "unk__3", "unk__4"),
            Symbolic("x", "", ""));

        Assert.All(values.Values, value => Assert.Equal([6, 1], ((OnnxTensor)value).Shape));
    }

    [Fact]
    public void BatchBehindTheTimeIsFoundWhereTheTimeIsNamed()
    {
        SampleInputs inputs = Sample(Dimensions(("T", 10)) with { BatchSize = 4 }, Symbolic("x", "T", "N"));

        Assert.Equal(4, inputs.BatchSize);
        Assert.Equal([10, 4], ((OnnxTensor)inputs.Create(1)["x"]).Shape);
    }

    [Fact]
    public void GivenValuesTellTheExtentsOfTheOthers()
    {
        string path = Write(Symbolic("ids", "batch", "sequence"), Symbolic("mask", "batch", "sequence"));
        var given = new Dictionary<string, OnnxValue>
        {
            ["mask"] = new OnnxTensor(OnnxElementType.Float, [3, 12], new byte[144]),
        };

        SampleInputs inputs = Sample(new SampleShape { DefaultBatchSize = 16 });

        Assert.Equal(3, inputs.BatchSize);
        Assert.Equal([3, 12], ((OnnxTensor)inputs.Create(1)["ids"]).Shape);
        AssertContradicts(new SampleShape { BatchSize = 4 });
        AssertContradicts(Dimensions(("sequence", 13)));

        SampleInputs Sample(SampleShape shape) => new(path, OnnxSignature.Read(path), shape, given);

        void AssertContradicts(SampleShape shape) =>
            Assert.Equal(ErrorIds.DimensionInvalid, Assert.Throws<ModelException>(() => Sample(shape)).ErrorId);
    }

    [Fact]
    public void ModelsWithoutABatchHaveNone()
    {
        ValueInfoProto scalar = TestModels.Tensor("x", OnnxElementType.Float);

        Assert.Equal(1, Sample(new SampleShape { DefaultBatchSize = 16 }, scalar).BatchSize);
        AssertFails(ErrorIds.BatchSizeFixed, new SampleShape { BatchSize = 4 }, scalar);
        AssertFails(ErrorIds.BatchSizeFixed, new SampleShape { BatchSize = 4 });
    }

    [Theory]
    [InlineData("Div", OnnxElementType.Int64)]
    [InlineData("Mod", OnnxElementType.Int32)]
    [InlineData("Mod", OnnxElementType.UInt8)]
    public void DivisorsAreNeverZero(string op, OnnxElementType type)
    {
        string path = _directory.File("divide.onnx");
        ModelProto model = TestModels.Model(
            op,
            [TestModels.Tensor("a", type, -1), TestModels.Tensor("b", type, -1)],
            [TestModels.Tensor("c", type, -1)]);
        File.WriteAllBytes(path, model.ToByteArray());

        var divisors = (OnnxTensor)new SampleInputs(
            path, OnnxSignature.Read(path), new SampleShape { BatchSize = 500 }).Create(1)["b"];

        Assert.All(
            Enumerable.Range(0, 500).Select(divisors.GetElement),
            divisor =>
                Assert.NotEqual(0L, Convert.ToInt64(divisor, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void PlacesInAStoredTableStayWithinIt()
    {
        string path = _directory.File("table.onnx");
        ModelProto model = TestModels.Model(
            "Gather",
            [
                TestModels.Tensor("table", OnnxElementType.Float, 7, 2),
                TestModels.Tensor("ids", OnnxElementType.Int64, -1),
            ],
            [TestModels.Tensor("rows", OnnxElementType.Float, -1, 2)]);
        TensorProto table = TestModels.Floats([7, 2], new float[14]);
        table.Name = "table";
        model.Graph.Initializer.Add(table);
        File.WriteAllBytes(path, model.ToByteArray());

        var ids = (OnnxTensor)new SampleInputs(
            path, OnnxSignature.Read(path), new SampleShape { BatchSize = 500 }).Create(1)["ids"];

        Assert.Equal(
            Enumerable.Range(0, 7).Select(id => (long)id),
            Enumerable.Range(0, 500).Select(i => (long)ids.GetElement(i)).Distinct().Order());
    }

    [Fact]
    public void BatchIsTheModelsOwnWhereItIsFixed()
    {
        ValueInfoProto input = TestModels.Tensor("x", OnnxElementType.Float, 8, 2);

        Assert.Equal(8, Sample(new SampleShape(), input).BatchSize);
        Assert.Equal(8, Sample(new SampleShape { BatchSize = 8 }, input).BatchSize);
        Assert.Equal(1, Sample(new SampleShape(), TestModels.Tensor("x", OnnxElementType.Float, -1, 2)).BatchSize);
        AssertFails(ErrorIds.BatchSizeFixed, new SampleShape { BatchSize = 9 }, input);
    }

    [Fact]
    public void TextsAreTheModelsOwn()
    {
        IReadOnlyList<string> known = InputHints.ReadTexts(Path.Combine(Repository.Models, "food-words.onnx"));
        string path = Path.Combine(Repository.Models, "food-words.onnx");
        var signature = OnnxSignature.Read(path);
        var inputs = new SampleInputs(path, signature, new SampleShape { BatchSize = 100 });
        var words = (OnnxTensor)inputs.Create(1).Values.Single();

        Assert.Equal(100, words.Strings.Count);
        Assert.Subset(known.ToHashSet(), words.Strings.ToHashSet());
        Assert.True(words.Strings.Distinct().Count() > 50);
    }

    [Fact]
    public void TextsOfAModelWithoutAnyAreLetters()
    {
        var texts = (OnnxTensor)Make(
            new SampleShape { BatchSize = 20 }, TestModels.Tensor("x", OnnxElementType.String, -1))["x"];

        Assert.All(texts.Strings, text => Assert.Matches("^[a-z]{1,8}$", text));
    }

    [Fact]
    public void SequencesAndOptionalsHoldATensor()
    {
        ValueInfoProto sequence = TestModels.Sequence("s", OnnxElementType.Float);
        sequence.Type.SequenceType.ElemType.TensorType.Shape = new TensorShapeProto();
        IReadOnlyDictionary<string, OnnxValue> values = Make(
            new SampleShape(), sequence, TestModels.Optional("o", OnnxElementType.Int64, 2));

        Assert.Equal(2, Assert.IsType<OnnxTensor>(values["o"]).Count);
        Assert.Equal(1, Assert.IsType<OnnxTensor>(Assert.Single(Assert.IsType<OnnxSequence>(values["s"]).Items)).Count);
    }

    [Fact]
    public void InputsThatSayTooLittleAreNamed()
    {
        AssertFails(
            ErrorIds.InputNotGenerated, new SampleShape(), TestModels.Tensor("x", OnnxElementType.Complex64, 1));
        AssertFails(
            ErrorIds.InputNotGenerated, new SampleShape(), TestModels.Sequence("s", OnnxElementType.Float));
    }

    [Fact]
    public void GivenValuesAreTakenAsTheyAre()
    {
        ValueInfoProto input = TestModels.Tensor("x", OnnxElementType.Float, 2);
        var given = new OnnxTensor(OnnxElementType.Float, [2], new byte[8]);
        string path = Write(input, TestModels.Tensor("y", OnnxElementType.Float, 2));

        IReadOnlyDictionary<string, OnnxValue> values = new SampleInputs(
            path,
            OnnxSignature.Read(path),
            new SampleShape(),
            new Dictionary<string, OnnxValue> { ["x"] = given }).Create(3);

        Assert.Same(given, values["x"]);
        Assert.Equal(2, ((OnnxTensor)values["y"]).Count);
    }

    [Fact]
    public void ExtentsThatDoNotFitAreNamed()
    {
        ValueInfoProto input = Symbolic("x", "N", "seq");
        AssertFails(ErrorIds.DimensionInvalid, Dimensions(("depth", 1)), input);
        AssertFails(ErrorIds.DimensionInvalid, Dimensions(("seq", -1)), input);
        AssertFails(ErrorIds.DimensionInvalid, Dimensions(("n", 4)) with { BatchSize = 5 }, Symbolic("x", "N"));
        AssertFails(ErrorIds.InputTooLarge, Dimensions(("seq", 1L << 40)), input);
        Assert.Equal(4, Sample(Dimensions(("n", 4)), input).BatchSize);
    }

    private static SampleShape Dimensions(params (string Name, long Extent)[] extents) =>
        new() { Dimensions = extents.ToDictionary(pair => pair.Name, pair => pair.Extent) };

    private static ValueInfoProto Symbolic(string name, params string[] axes)
    {
        ValueInfoProto value = TestModels.Tensor(name, OnnxElementType.Float);
        value.Type.TensorType.Shape = new TensorShapeProto();
        value.Type.TensorType.Shape.Dim.AddRange(
            axes.Select(axis => new TensorShapeProto.Types.Dimension { DimParam = axis }));
        return value;
    }

    // An independent implementation of the published algorithms, including the skip for the seed's purpose.
    private static IEnumerable<float> ReferenceFloats(ulong seed, int count)
    {
        UInt128 mask = ulong.MaxValue;
        ulong state = SplitMix(seed);
        ulong[] s = new ulong[4];
        for (int i = 0; i < 4; i++)
        {
            s[i] = SplitMix(state + ((ulong)i * 0x9E3779B97F4A7C15));
        }

        for (int i = 0; i < count; i++)
        {
            ulong starred = (ulong)((UInt128)s[1] * 5 & mask);
            ulong result = ((starred << 7) | (starred >> 57)) * 9;
            ulong t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = (s[3] << 45) | (s[3] >> 19);
            yield return -1 + (2 * (float)((result >> 40) / 16777216.0));
        }
    }

    private static ulong SplitMix(ulong seed)
    {
        ulong z = seed + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private void AssertFails(string id, SampleShape shape, params ValueInfoProto[] inputs) =>
        Assert.Equal(id, Assert.Throws<ModelException>(() => Make(shape, inputs)).ErrorId);

    private IReadOnlyDictionary<string, OnnxValue> Make(SampleShape shape, params ValueInfoProto[] inputs) =>
        Make(shape, 42, inputs);

    private IReadOnlyDictionary<string, OnnxValue> Make(
        SampleShape shape, ulong seed, params ValueInfoProto[] inputs) =>
        Sample(shape, inputs).Create(seed);

    private SampleInputs Sample(SampleShape shape, params ValueInfoProto[] inputs)
    {
        string path = Write(inputs);
        return new SampleInputs(path, OnnxSignature.Read(path), shape);
    }

    private string Write(params ValueInfoProto[] inputs)
    {
        string path = _directory.File("model.onnx");
        File.WriteAllBytes(
            path,
            TestModels.Model("Identity", inputs, [TestModels.Tensor("out", OnnxElementType.Float)]).ToByteArray());
        return path;
    }
}
