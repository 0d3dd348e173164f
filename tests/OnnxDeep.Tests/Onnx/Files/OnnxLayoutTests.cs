using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Tests.Onnx.Files;

[Trait("Culture", "Any")]
public sealed class OnnxLayoutTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LargeNumbersStayWhereTheyAreAndTheRestIsRead()
    {
        ModelProto model = Model(Raw("large", 600), Raw("small", 3));
        byte[] file = model.ToByteArray();

        OnnxLayout layout = OnnxLayout.Read(_directory.Write("m.onnx", file));
        TensorProto large = layout.Model.Graph.Initializer[0];
        OnnxPayload payload = layout.Payload(large)!.Value;

        Assert.False(large.HasRawData);
        Assert.Equal((TensorProto.RawDataFieldNumber, 2400L), (payload.Field, payload.Length));
        Assert.Equal(
            model.Graph.Initializer[0].RawData.ToByteArray(),
            file[(int)payload.Offset..(int)(payload.Offset + payload.Length)]);
        Assert.Null(layout.Payload(layout.Model.Graph.Initializer[1]));
        Assert.Equal(model.Graph.Initializer[1], layout.Model.Graph.Initializer[1]);
        Assert.Equal(model.Graph.Node, layout.Model.Graph.Node);
        Assert.Equal(model.Graph.Initializer[0].RawData.ToByteArray(), layout.ReadRaw(large, 2400).ToArray());
    }

    [Fact]
    public void ModelWithoutLargeTensorsIsTheSameAndUnknownFieldsRideAlong()
    {
        // Field 100 of ModelProto is not in any specification.
        byte[] file =
        [
            .. OnnxExporter.Export(Network.Create(2, [new(1, Activation.Linear)], 1)), 0xA2, 0x06, 0x02, 0x0A, 0x00,
        ];

        byte[] read = OnnxLayout.Read(_directory.Write("m.onnx", file)).Model.ToByteArray();

        Assert.Equal(ModelProto.Parser.ParseFrom(file), OnnxLayout.Read(_directory.File("m.onnx")).Model);
        Assert.True(read.AsSpan().IndexOf(stackalloc byte[] { 0xA2, 0x06 }) > 0);
    }

    [Fact]
    public void NumbersInAttributesAndBodiesAreLeftOutAsWell()
    {
        ModelProto model = Model();
        var body = new GraphProto { Name = "body", Initializer = { Raw("inner", 1000) } };
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = body });
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "value", T = Floats("constant", 1000) });
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "d", Tensors = { Doubles("doubles", 500) } });

        OnnxLayout layout = OnnxLayout.Read(_directory.Write("m.onnx", model.ToByteArray()));
        NodeProto node = layout.Model.Graph.Node[0];

        Assert.Equal(4000, layout.Payload(node.Attribute[0].G.Initializer[0])!.Value.Length);
        Assert.Equal((TensorProto.FloatDataFieldNumber, 4000L), Place(layout, node.Attribute[1].T));
        Assert.Equal((TensorProto.DoubleDataFieldNumber, 4000L), Place(layout, node.Attribute[2].Tensors[0]));
        Assert.True(layout.Model.CalculateSize() < 500);
    }

    [Fact]
    public void MarkInTheFileItselfMeansNothing()
    {
        TensorProto forged = Raw("forged", 2);
        forged.Payload = 0;
        OnnxLayout layout = OnnxLayout.Read(_directory.Write("m.onnx", Model(Raw("large", 600), forged).ToByteArray()));

        Assert.NotNull(layout.Payload(layout.Model.Graph.Initializer[0]));
        Assert.Null(layout.Payload(layout.Model.Graph.Initializer[1]));
    }

    [Fact]
    public void LargeModelTakesLittleMemory()
    {
        string path = _directory.File("large.onnx");
        byte[] start = [8, 8];
        byte[] tensor = [8, 1, 0x10, 1, 0x42, 1, (byte)'w'];
        const int Weights = 1 << 27;
        using (FileStream stream = File.Create(path))
        {
            // A hole of zeros that is never read.
            stream.Write(start);
            int tensorLength = tensor.Length + 6 + Weights;
            stream.Write(
            [
                0x3A, .. Varint(tensorLength + 6), 0x2A, .. Varint(tensorLength), .. tensor, 0x4A, .. Varint(Weights),
            ]);
            stream.Seek(Weights, SeekOrigin.Current);
            stream.Write([0x42, 2, 0x10, 17]);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxLayout layout = OnnxLayout.Read(path);

        Assert.Equal(Weights, layout.Payload(layout.Model.Graph.Initializer[0])!.Value.Length);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    // The positions of the numbers are those of the file that was read.
    [Fact]
    public void NumbersOfAFileThatTookTheNameMeanwhileAreNotRead()
    {
        string path = _directory.Write("m.onnx", Model(Raw("large", 600)).ToByteArray());
        OnnxLayout layout = OnnxLayout.Read(path);
        Assert.Equal(2400, layout.ReadRaw(layout.Model.Graph.Initializer[0], 2400).Length);
        File.Move(path, _directory.File("before.onnx"));
        _directory.Write("m.onnx", Model(Raw("large", 600)).ToByteArray());

        var error = Assert.Throws<OnnxDeepException>(() => layout.ReadRaw(layout.Model.Graph.Initializer[0], 2400));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
    }

    [Fact]
    public void ModelCutShortAtAnyLengthIsATypedError()
    {
        ModelProto model = Model(Raw("large", 400), Raw("small", 3));
        byte[] whole = model.ToByteArray();

        // Cut exactly before the operator sets, a file is like one that was written without them.
        int graphEnd = whole.Length - 2 - model.OpsetImport[0].CalculateSize();
        Assert.Empty(OnnxLayout.Read(_directory.Write("cut.onnx", whole[..graphEnd])).Model.OpsetImport);
        foreach (int length in Enumerable.Range(2, whole.Length - 2).Where(length => length != graphEnd))
        {
            string path = _directory.Write("cut.onnx", whole[..length]);

            FileFormatException error = Assert.Throws<FileFormatException>(() => OnnxLayout.Read(path));
            Assert.Equal(ErrorIds.ModelTruncated, error.ErrorId);
        }

        string empty = _directory.Write("cut.onnx", []);
        Assert.Equal(
            ErrorIds.ModelNotOnnx, Assert.Throws<FileFormatException>(() => OnnxLayout.Read(empty)).ErrorId);
    }

    [Fact]
    public void GraphsInGraphsWithoutEndAreATypedError()
    {
        byte[] inner = [];
        for (int level = 0; level < 200; level++)
        {
            byte[] attribute = [0x32, .. Varint(inner.Length), .. inner];
            byte[] node = [0x2A, .. Varint(attribute.Length), .. attribute];
            inner = [0x0A, .. Varint(node.Length), .. node];
        }

        string path = _directory.Write("deep.onnx", [8, 8, 0x3A, .. Varint(inner.Length), .. inner, 0x42, 2, 0x10, 17]);

        Assert.Equal(
            ErrorIds.ModelTruncated, Assert.Throws<FileFormatException>(() => OnnxLayout.Read(path)).ErrorId);
    }

    [Fact]
    public void MutatedModelsGiveTypedErrorsOnly()
    {
        byte[] whole = Model(Raw("large", 400), Floats("typed", 300), Raw("small", 3)).ToByteArray();
        var random = new Random(1);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] mutant = [.. whole];
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            }

            try
            {
                OnnxLayout.Read(_directory.Write("mutant.onnx", mutant));
            }
            catch (FileFormatException)
            {
                // The only error that is allowed.
            }
        }
    }

    private static (int Field, long Length) Place(OnnxLayout layout, TensorProto tensor)
    {
        OnnxPayload payload = layout.Payload(tensor)!.Value;
        return (payload.Field, payload.Length);
    }

    private static byte[] Varint(int value)
    {
        byte[] bytes = new byte[5];
        for (int i = 0; i < 5; i++)
        {
            bytes[i] = (byte)((value >> (7 * i)) | (i < 4 ? 0x80 : 0));
        }

        return bytes;
    }

    private static ModelProto Model(params TensorProto[] tensors) => new()
    {
        IrVersion = 8,
        Graph = new GraphProto
        {
            Node = { new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "y" } } },
            Initializer = { tensors },
        },
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
    };

    private static TensorProto Raw(string name, int count) => new()
    {
        Name = name,
        DataType = 1,
        Dims = { count },
        RawData = ByteString.CopyFrom([.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes(i / 8f))]),
    };

    private static TensorProto Floats(string name, int count) => new()
    {
        Name = name, DataType = 1, Dims = { count }, FloatData = { Enumerable.Range(0, count).Select(i => i / 8f) },
    };

    private static TensorProto Doubles(string name, int count) => new()
    {
        Name = name, DataType = 11, Dims = { count }, DoubleData = { Enumerable.Range(0, count).Select(i => i / 8.0) },
    };
}
