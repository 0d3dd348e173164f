using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.Tests.Sessions;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ModelStore _models;

    public ModelStoreTests() => _models = new ModelStore(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void NameIsFoundWithoutCaseAndBeforeAPath()
    {
        string path = _directory.Write("Own.onnx", "1");
        string other = _directory.Write("own", "2");

        Assert.Equal(path, _models.Resolve("own", other));
        Assert.Equal(path, _models.Resolve("OWN"));
        Assert.Equal(path, _models.Resolve("own.onnx", _directory.File("no file")));
    }

    [Fact]
    public void PipeIsNotAModel()
    {
        SpecialFile.SkipOnWindows();
        SpecialFile.CreatePipe(_directory.File("pipe.onnx"));
        _directory.Write("file.onnx", "1");

        Assert.Equal(["file"], _models.GetNames());
        Assert.Equal(
            ErrorIds.ModelNotFound,
            Assert.Throws<ModelException>(() => _models.Resolve("pipe", _directory.File("pipe"))).ErrorId);
    }
}
