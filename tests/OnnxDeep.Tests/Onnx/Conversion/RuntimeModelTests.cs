using Google.Protobuf;

using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Onnx.Inspection;

namespace OnnxDeep.Tests.Onnx.Conversion;

public sealed class RuntimeModelTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void CopyIsTheModelWithMoreOutputs()
    {
        byte[] before = Models.Rich().ToByteArray();
        string path = _directory.Write("a.onnx", before);

        byte[] copy;
        using (FileStream stream = File.OpenRead(path))
        {
            copy = RuntimeModel.AppendOutputs(stream, path, ["z", "h"]);
        }

        ModelProto model = ModelProto.Parser.ParseFrom(copy);
        Assert.Equal(["t", "z", "h"], model.Graph.Output.Select(output => output.Name));
        model.Graph.Output.RemoveAt(2);
        model.Graph.Output.RemoveAt(1);
        Assert.Equal(Models.Rich(), model);
        Assert.Equal(before, copy.AsSpan(0, before.Length));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void FileOfTwoGigabytesIsTooLarge()
    {
        string path = _directory.Write("a.onnx", "");
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(Array.MaxLength);
        }

        using FileStream opened = File.OpenRead(path);
        var error = Assert.Throws<FileFormatException>(() => RuntimeModel.AppendOutputs(opened, path, ["z"]));

        Assert.Equal(ErrorIds.ModelTooLarge, error.ErrorId);
        Assert.Contains("2,147,483,591 bytes", error.Message, StringComparison.Ordinal);
    }
}
