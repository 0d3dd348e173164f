using Google.Protobuf;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Providers;
using OnnxDeep.Tests.Values;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Sessions;

[Collection(nameof(SharedSessions))]
public sealed class SessionLoaderTests : IDisposable
{
    private static readonly DateTime s_written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private int _replaced;

    public void Dispose()
    {
        SharedFiles.Clear();
        _directory.Dispose();
    }

    // The provider is configured between the look at the file and its loading.
    [Fact]
    public void ModelReplacedBeforeTheRuntimeOpensItIsNotTakenForTheOneBefore()
    {
        string path = Write("m.onnx", Model(1));
        int configured = 0;
        ExecutionProvider provider = Hook(() =>
        {
            if (configured++ == 0)
            {
                Replace(path, Model(2));
            }
        });

        using (FileLease<OnnxSession> first = SharedFiles.RentSession(path, provider))
        {
            Assert.Equal(2, Run(first.Value));
        }

        Replace(path, Model(1));
        using FileLease<OnnxSession> second = SharedFiles.RentSession(path, provider);
        Assert.Equal(1, Run(second.Value));
    }

    [Fact]
    public void ModelThatIsReplacedAtEveryAttemptIsLoadedFromTheFileThatWasIdentified()
    {
        string path = Write("m.onnx", Model(0));
        int configured = 0;
        using OnnxSession session = OnnxSession.Open(path, Hook(() => Replace(path, Model(++configured))));

        Assert.Equal(2, configured);
        Assert.Equal(1, Run(session));
        Assert.False(session.Files.AreCurrent());
        using FileLease<OnnxSession> lease = SharedFiles.RentSession(path, ExecutionProvider.Cpu);
        Assert.Equal(2, Run(lease.Value));
    }

    [Fact]
    public void ReplacedExternalDataIsNoticed()
    {
        string path = Write("m.onnx", Model(null));
        string data = Write("w.bin", BitConverter.GetBytes(1f));
        using (FileLease<OnnxSession> first = SharedFiles.RentSession(path, ExecutionProvider.Cpu))
        {
            Assert.Equal(1, Run(first.Value));
        }

        Replace(data, BitConverter.GetBytes(2f));

        using FileLease<OnnxSession> second = SharedFiles.RentSession(path, ExecutionProvider.Cpu);
        Assert.Equal(2, Run(second.Value));
        Assert.Equal([path, data], second.Value.Files.Files.Select(file => file.Path));
    }

    [Fact]
    public void ExternalDataThatChangesAtEveryAttemptIsAnError()
    {
        string path = Write("m.onnx", Model(null));
        string data = Write("w.bin", BitConverter.GetBytes(1f));
        int before = OnnxSession.OpenCount;

        var error = Assert.Throws<OnnxDeepException>(
            () => OnnxSession.Open(path, Hook(() => Replace(data, BitConverter.GetBytes(2f)))));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, OnnxSession.OpenCount);
    }

    [Fact]
    public void SignatureOfAnotherModelIsNotUsedWithASession()
    {
        string path = Write("m.onnx", Model(1));
        using OnnxSession session = OnnxSession.Open(path);
        Replace(path, Model(2));

        var error = Assert.Throws<OnnxDeepException>(() => new ModelRunner(session, []));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
    }

    // The folders of a Hugging Face cache.
    [Fact]
    public void ModelAndDataThatAreLinksToFilesOfOneFolderRun()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links requires privileges there.");
        string path = WriteCache(Model(null, "model.onnx_data"), 3);

        using OnnxSession session = OnnxSession.Open(path);
        Assert.Equal(3, Run(session));
        using OnnxSession copied = OnnxSession.Open(path, null, new SessionSettings { ExtraOutputs = ["s"] });
        Assert.Equal(3, Run(copied));

        // Another revision.
        File.Delete(path + "_data");
        string other = Write("blobs/cccc", BitConverter.GetBytes(4f));
        File.CreateSymbolicLink(path + "_data", Path.GetRelativePath(Path.GetDirectoryName(path)!, other));
        Assert.False(session.Files.AreCurrent());
    }

    [Fact]
    public async Task ExternalDataInAPipeIsNotGivenToTheRuntime()
    {
        SpecialFile.SkipOnWindows();
        string path = Write("m.onnx", Model(null, "pipe"));
        SpecialFile.CreatePipe(_directory.File("pipe"));

        var error = await Assert.ThrowsAsync<OnnxDeepException>(
            () => Task.Run(() => OnnxSession.Open(path)).WaitAsync(s_longest));

        Assert.Equal(ErrorIds.NotARegularFile, error.ErrorId);
        Assert.Contains(_directory.File("pipe"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelledWaitForTheRuntimeEndsBeforeTheModelIsLoaded()
    {
        string path = Write("m.onnx", Model(1));
        int before = OnnxSession.OpenCount;
        using var stop = new CancellationTokenSource();
        using var configured = new ManualResetEventSlim();
        ExecutionProvider provider = Hook(() =>
        {
            stop.Cancel();
            configured.Wait(s_longest, CancellationToken.None);
        });

        Assert.Throws<OperationCanceledException>(
            () => OnnxSession.Open(path, provider, new SessionSettings(), stop.Token));
        configured.Set();

        // The session that nobody waits for is closed.
        await Task.Run(() => SpinWait.SpinUntil(() => OnnxSession.OpenCount == before, s_longest));
        Assert.Equal(before, OnnxSession.OpenCount);
    }

    private string WriteCache(byte[] model, float weight)
    {
        Directory.CreateDirectory(_directory.File("blobs"));
        string folder = Directory.CreateDirectory(_directory.File("snapshots/x/onnx")).FullName;
        Write("blobs/aaaa", model);
        Write("blobs/bbbb", BitConverter.GetBytes(weight));
        File.CreateSymbolicLink(Path.Combine(folder, "model.onnx_data"), "../../../blobs/bbbb");
        return File.CreateSymbolicLink(Path.Combine(folder, "model.onnx"), "../../../blobs/aaaa").FullName;
    }

    private static ExecutionProvider Hook(Action configure) => new("CPU", "A test.", "CPU", _ => configure());

    // y = (x + w) + 0
    private static byte[] Model(float? weight, string location = "w.bin")
    {
        var tensor = new TensorProto { Name = "w", DataType = (int)OnnxElementType.Float, Dims = { 1, 1 } };
        if (weight is float number)
        {
            tensor.RawData = ByteString.CopyFrom(BitConverter.GetBytes(number));
        }
        else
        {
            tensor.DataLocation = DataLocation.External;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        }

        ModelProto model = TestModels.Model(
            "Add",
            [TestModels.Tensor("x", OnnxElementType.Float, 1, 1), TestModels.Tensor("w", OnnxElementType.Float, 1, 1)],
            [TestModels.Tensor("s", OnnxElementType.Float, 1, 1)]);
        model.Graph.Input.RemoveAt(1);
        model.Graph.Initializer.Add(tensor);
        model.Graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "s" }, Output = { "y" } });
        model.Graph.Output[0].Name = "y";
        return model.ToByteArray();
    }

    private static float Run(OnnxSession session)
    {
        float[] result = [float.NaN];
        session.Run("x", new float[] { 0 }, "y", result, 1, TestContext.Current.CancellationToken);
        return result[0];
    }

    private string Write(string name, byte[] content)
    {
        string path = _directory.Write(name, content);
        File.SetLastWriteTimeUtc(path, s_written);
        return path;
    }

    // Keeps the length and the write time, and the file before, whose number a new file might get.
    private void Replace(string path, byte[] content)
    {
        string other = Write("other", content);
        File.Move(path, _directory.File($"before{_replaced++}"));
        File.Move(other, path);
    }
}
