using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Content;

public sealed class ModelDigestTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ModelsOfThisLibraryAreVerified()
    {
        OnnxModelInfo info = Verify(CreateNetwork().ToByteArray());

        Assert.True(info.IsVerified);
        Assert.Equal(64, info.Metadata[ModelDigest.Key].Length);
        Assert.False(OnnxModelInspector.Open(_directory.File("m.onnx")).Info.IsVerified);
    }

    [Fact]
    public void EveryFlippedBitOfEveryWeightIsNoticed()
    {
        ModelProto model = CreateNetwork();
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            byte[] bytes = tensor.RawData.ToByteArray();
            for (int bit = 0; bit < 8 * bytes.Length; bit++)
            {
                byte[] flipped = [.. bytes];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                tensor.RawData = ByteString.CopyFrom(flipped);
                Refuse(ErrorIds.DigestMismatch, model.ToByteArray());
            }

            tensor.RawData = ByteString.CopyFrom(bytes);
        }

        Assert.True(Verify(model.ToByteArray()).IsVerified);
    }

    // A byte that is flipped anywhere is noticed, unless it is in a text that nothing is computed with.
    [Fact]
    public void FlippedBytesChangeTheDigestOrNoComputation()
    {
        ModelProto model = CreateNetwork();
        byte[] bytes = model.ToByteArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] flipped = [.. bytes];
            flipped[i] ^= 0x21;
            try
            {
                Verify(flipped);
                Assert.Equal(Strip(model), Strip(ModelProto.Parser.ParseFrom(flipped)));
            }
            catch (FileFormatException)
            {
                // Noticed.
            }
        }
    }

    [Fact]
    public void AttributesOfOperatorsAreContent()
    {
        ModelProto model = CreateNetwork();
        var words = new AttributeProto { Name = "keys_strings", Strings = { ByteString.CopyFromUtf8("tea") } };
        model.Graph.Node[0].Attribute.Add(words);
        ModelDigest.Store(model);
        Assert.True(Verify(model.ToByteArray()).IsVerified);

        words.Strings[0] = ByteString.CopyFromUtf8("sea");

        Refuse(ErrorIds.DigestMismatch, model.ToByteArray());
    }

    [Fact]
    public void WayOfStoringAndMetadataDoNotMatter()
    {
        ModelProto model = CreateNetwork();
        TensorProto tensor = model.Graph.Initializer[0];
        byte[] raw = tensor.RawData.ToByteArray();
        string path = _directory.Write("m.onnx", model.ToByteArray());
        ModelMetadataEditor.Edit(
            path, path, new MetadataChange { Set = new Dictionary<string, string> { ["author"] = "Ada" } });
        Assert.True(OnnxModelInspector.Open(path).Verify(TestContext.Current.CancellationToken).IsVerified);

        tensor.ClearRawData();
        tensor.FloatData.AddRange(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(raw).ToArray());
        model.ProducerName = "another";
        model.Graph.DocString = "A description.";
        Assert.True(Verify(model.ToByteArray()).IsVerified);

        tensor.FloatData.Clear();
        tensor.DataLocation = DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "w.bin" });
        _directory.Write("w.bin", raw);
        Assert.True(Verify(model.ToByteArray()).IsVerified);

        raw[3] ^= 1;
        _directory.Write("w.bin", raw);
        Refuse(ErrorIds.DigestMismatch, model.ToByteArray());
    }

    [Fact]
    public void ModelWithoutDigestIsNotSaidToBeVerified()
    {
        ModelProto model = CreateNetwork();
        model.MetadataProps.Clear();

        string message = Refuse(ErrorIds.DigestMissing, model.ToByteArray());

        Assert.Contains("has no digest", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WeightFormat.Float16)]
    [InlineData(WeightFormat.Int8Dynamic)]
    public void ConvertedModelHasTheDigestOfItsOwnWeights(WeightFormat format)
    {
        string source = _directory.Write("source.onnx", CreateNetwork().ToByteArray());
        string path = _directory.File("converted.onnx");
        var converter = ModelConverter.Open(source);
        converter.Convert(format, TestContext.Current.CancellationToken);
        converter.Write(path, TestContext.Current.CancellationToken);

        OnnxModelInfo info = OnnxModelInspector.Open(path).Verify(TestContext.Current.CancellationToken);

        Assert.NotEqual(
            OnnxModelInspector.Open(source).Info.Metadata[ModelDigest.Key], info.Metadata[ModelDigest.Key]);
    }

    private static ModelProto CreateNetwork()
    {
        var network = Network.Create(3, [new(2, Activation.Tanh), new(1, Activation.Sigmoid)], seed: 1);
        return ModelProto.Parser.ParseFrom(OnnxExporter.Export(network, new ModelMetadata { Task = "test" }));
    }

    // What is computed: nodes without names and descriptions, and tensors.
    private static string Strip(ModelProto model) => string.Join(
        '\n',
        [
            .. model.Graph.Node.Select(node =>
                $"{node.OpType} {node.Input} {node.Output} {string.Join(' ', node.Attribute)}"),
            .. model.Graph.Input.Concat(model.Graph.Output).Select(value => $"{value.Name} {value.Type}"),
            .. model.OpsetImport.Select(set => $"{set}"),
            .. model.Graph.Initializer.Select(tensor => $"{tensor.Name} {tensor.Dims} {tensor.RawData.ToBase64()}"),
        ]);

    private OnnxModelInfo Verify(byte[] model) =>
        OnnxModelInspector.Open(_directory.Write("m.onnx", model)).Verify(TestContext.Current.CancellationToken);

    private string Refuse(string errorId, byte[] model)
    {
        var error = Assert.Throws<FileFormatException>(() => Verify(model));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(_directory.File("m.onnx"), error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
