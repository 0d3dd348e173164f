using Google.Protobuf;

using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Onnx.Inspection;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Files;

public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ExternalDataTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links requires privileges there.");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LinksToOneFolderAreFollowedAsInAHuggingFaceCache()
    {
        string model = WriteCache("model.onnx_data");

        OnnxModelInspector inspector = OnnxModelInspector.Open(model);

        Assert.Empty(inspector.Info.Problems);
        Assert.Equal([new OnnxExternalFile("model.onnx_data", 4, 1)], inspector.Info.ExternalFiles);
        OnnxTensorInfo tensor = Assert.Single(
            inspector.Measure(e => throw e, TestContext.Current.CancellationToken));
        Assert.Equal(2, tensor.Max);
    }

    [Fact]
    public void ChainsOfLinksAreFollowedToTheirEnd()
    {
        string model = WriteCache("model.onnx_data");
        string chain = Link("chain/model.onnx", model);
        Link("chain/model.onnx_data", model + "_data");

        Assert.Empty(OnnxModelInspector.Open(chain).Info.Problems);
    }

    [Fact]
    public void LinkInsideTheModelsFolderIsFollowed()
    {
        string model = Write("m.onnx", "w.bin");
        Directory.CreateDirectory(_directory.File("parts"));
        Link("w.bin", _directory.Write("parts/w.bin", BitConverter.GetBytes(2f)));

        Assert.Empty(OnnxModelInspector.Open(model).Info.Problems);
    }

    [Fact]
    public void DataBesideALinkToTheModelIsFound()
    {
        Directory.CreateDirectory(_directory.File("store"));
        Directory.CreateDirectory(_directory.File("links"));
        string link = Link("links/m.onnx", Write("store/m.onnx", "w.bin"));
        Assert.Contains("is missing", Assert.Single(OnnxModelInspector.Open(link).Info.Problems));

        _directory.Write("links/w.bin", BitConverter.GetBytes(2f));

        Assert.Empty(OnnxModelInspector.Open(link).Info.Problems);
    }

    [Fact]
    public void DataWhoseLinkDanglesIsMissing()
    {
        string model = WriteCache("model.onnx_data");
        File.Delete(_directory.File("blobs/bbbb"));

        Assert.Equal(
            "The file 'model.onnx_data', which holds 1 of the model's tensors, is missing. "
            + "Copy it into the model's folder.",
            Assert.Single(OnnxModelInspector.Open(model).Info.Problems));
    }

    // Even if it would be the same file.
    [Fact]
    public void NameThatClimbsOutOfTheModelsFolderIsRefused()
    {
        string model = WriteCache("../../../blobs/bbbb");

        Assert.Contains("outside the model's folder", Refuse(model), StringComparison.Ordinal);
    }

    [Fact]
    public void LinkToAThirdFolderIsRefusedAndNamed()
    {
        string model = WriteCache("model.onnx_data");
        File.Delete(model + "_data");
        Directory.CreateDirectory(_directory.File("private"));
        string other = _directory.Write("private/key", BitConverter.GetBytes(2f));
        Link("snapshots/x/onnx/model.onnx_data", other);

        string message = Refuse(model);

        Assert.Contains($"is a link to '{other}', outside the model's folder", message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinkToItselfIsRefused()
    {
        string model = Write("m.onnx", "w.bin");
        File.CreateSymbolicLink(_directory.File("w.bin"), "w.bin");

        Assert.Contains("is a link to itself", Refuse(model), StringComparison.Ordinal);
    }

    private static string Refuse(string model)
    {
        var error = Assert.Throws<FileFormatException>(() => OnnxModelInspector.Open(model));
        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        return error.Message;
    }

    private string WriteCache(string location)
    {
        Directory.CreateDirectory(_directory.File("blobs"));
        Directory.CreateDirectory(_directory.File("snapshots/x/onnx"));
        string model = Write("blobs/aaaa", location);
        string data = _directory.Write("blobs/bbbb", BitConverter.GetBytes(2f));
        Link("snapshots/x/onnx/model.onnx_data", data);
        return Link("snapshots/x/onnx/model.onnx", model);
    }

    private string Link(string name, string target)
    {
        string link = _directory.File(name);
        string folder = Directory.CreateDirectory(Path.GetDirectoryName(link)!).FullName;
        return File.CreateSymbolicLink(link, Path.GetRelativePath(folder, target)).FullName;
    }

    private string Write(string name, string location) => _directory.Write(
        name,
        Models.Wrap(new GraphProto
        {
            Initializer = { Models.External("w", 1, location) },
            Output = { Models.Value("w", Models.Tensor(DataType.Float, 1)) },
        }).ToByteArray());
}
