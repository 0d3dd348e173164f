using Google.Protobuf;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Onnx.Inspection;

namespace OnnxDeep.Tests.Onnx.Metadata;

public sealed class ModelMetadataEditorTests : IDisposable
{
    // Fields that no version defines: a number, fixed bytes and a message.
    private static readonly byte[] s_unknown = [0xA0, 0x06, 0x07, 0xAD, 0x06, 1, 2, 3, 4, 0xB2, 0x06, 0x02, 0x08, 0x01];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void NewKeysStandAtTheEndAndAllElseIsAsItWas()
    {
        byte[] before = [.. s_unknown, .. Models.Rich().ToByteArray(), .. s_unknown];

        byte[] after = Edit(
            before, new MetadataChange { Set = new Dictionary<string, string> { ["license"] = "MIT", ["b"] = "ü" } });

        Assert.Equal([.. before, .. Entry("b", "ü"), .. Entry("license", "MIT")], after);
    }

    [Fact]
    public void NewValueTakesThePlaceOfTheOld()
    {
        byte[] start = [.. s_unknown, .. Without(Models.Rich())];
        byte[] before =
        [
            .. start, .. Entry("a", "1"), .. s_unknown, .. Entry("b", "2"), .. Entry("c", "3"), .. s_unknown,
        ];

        byte[] after = Edit(
            before,
            new MetadataChange { Set = new Dictionary<string, string> { ["b"] = "new" }, Remove = ["c", "none"] });

        Assert.Equal([.. start, .. Entry("a", "1"), .. s_unknown, .. Entry("b", "new"), .. s_unknown], after);
    }

    [Fact]
    public void ReplaceLeavesWhatIsGivenAlone()
    {
        byte[] start = Without(Models.Rich());
        byte[] before = [.. start, .. Entry("a", "1"), .. Entry("b", "2"), .. Entry("a", "3")];

        Assert.Equal(
            [.. start, .. Entry("a", "9")],
            Edit(
                before,
                new MetadataChange { Set = new Dictionary<string, string> { ["a"] = "9" }, RemovesOthers = true }));
        Assert.Equal(start, Edit(before, new MetadataChange { RemovesOthers = true }));
    }

    [Fact]
    public void FieldsThatAnEntryHasBesideItsValueRideAlong()
    {
        byte[] start = Without(Models.Rich());
        byte[] odd = [0x72, 8, 0x0A, 1, (byte)'k', 0x12, 1, (byte)'v', 0x28, 0x05];

        byte[] after = Edit(
            [.. start, .. odd], new MetadataChange { Set = new Dictionary<string, string> { ["k"] = "w" } });

        Assert.Equal([.. start, 0x72, 8, 0x0A, 1, (byte)'k', 0x12, 1, (byte)'w', 0x28, 0x05], after);
    }

    [Fact]
    public void ModelThatHasTheMetadataAlreadyIsNotWritten()
    {
        string path = _directory.Write("m.onnx", Models.Rich().ToByteArray());
        DateTime written = File.GetLastWriteTimeUtc(path);
        var change = new MetadataChange
        {
            Set = new Dictionary<string, string> { ["author"] = "Ada" }, Remove = ["none"],
        };

        Assert.False(ModelMetadataEditor.Edit(path, path, change));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.True(ModelMetadataEditor.Edit(path, _directory.File("copy.onnx"), change));
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(_directory.File("copy.onnx")));
    }

    // The other program writes after the model has been read and before the edited one is renamed.
    [Fact]
    public void ModelThatAnotherProgramReplacesMeanwhileIsNotOverwritten()
    {
        byte[] other = [.. Models.Rich().ToByteArray(), .. Entry("from", "another program")];
        string path = _directory.Write("m.onnx", Models.Rich().ToByteArray());
        IEnumerable<string> Replace()
        {
            File.Move(_directory.Write("other.onnx", other), path, overwrite: true);
            yield break;
        }

        var change = new MetadataChange
        {
            Set = new Dictionary<string, string> { ["k"] = "v" }, Remove = new LateKeys(Replace()),
        };

        var error = Assert.Throws<OnnxDeepException>(() => ModelMetadataEditor.Edit(path, path, change));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
        Assert.Equal(other, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void LargeModelIsCopiedInPieces()
    {
        string path = WriteLarge(1 << 26);
        long size = new FileInfo(path).Length;
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(
            ModelMetadataEditor.Edit(
                path, path, new MetadataChange { Set = new Dictionary<string, string> { ["k"] = "v" } }));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Equal(size + Entry("k", "v").Length, new FileInfo(path).Length);
        Assert.Equal("v", OnnxModelInspector.Open(path).Info.Metadata["k"]);
        Assert.Equal([path], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void ModelOfMoreThanTwoGigabytesIsNotWritten()
    {
        string path = WriteLarge(int.MaxValue - 100);
        var change = new MetadataChange { Set = new Dictionary<string, string> { ["k"] = new('v', 200) } };

        Assert.Equal(
            ErrorIds.MetadataTooLarge,
            Assert.Throws<OnnxDeepException>(() => ModelMetadataEditor.Edit(path, path, change)).ErrorId);
        Assert.Equal([path], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void ModeAndLinkOfAFileStay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No file modes there, and links require privileges.");
        string path = _directory.Write("m.onnx", Models.Rich().ToByteArray());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            string link = File.CreateSymbolicLink(_directory.File("link.onnx"), path).FullName;

            ModelMetadataEditor.Edit(link, link, new MetadataChange { Remove = ["author"] });

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.NotNull(new FileInfo(link).LinkTarget);
            Assert.Empty(OnnxModelInspector.Open(path).Info.Metadata);
        }
    }

    [Fact]
    public void TextThatNoModelCanHoldIsRefused()
    {
        string path = _directory.Write("m.onnx", Models.Rich().ToByteArray());
        string half = '\ud800'.ToString();
        foreach ((string key, string value) in new[] { (string.Empty, "v"), ("k", half), (half, "v") })
        {
            var change = new MetadataChange { Set = new Dictionary<string, string> { [key] = value } };

            Assert.Equal(
                ErrorIds.MetadataInvalid,
                Assert.Throws<OnnxDeepException>(() => ModelMetadataEditor.Edit(path, path, change)).ErrorId);
        }
    }

    [Fact]
    public void FileThatIsNoModelStaysAsItIs()
    {
        string path = _directory.Write("m.onnx", "hello");

        Assert.Equal(
            ErrorIds.ModelNotOnnx,
            Assert.Throws<FileFormatException>(
                () => ModelMetadataEditor.Edit(path, path, new MetadataChange { RemovesOthers = true })).ErrorId);
        Assert.Equal("hello", File.ReadAllText(path));
    }

    [Fact]
    public void CancelledEditLeavesTheModelAndNothingElse()
    {
        byte[] before = Models.Rich().ToByteArray();
        string path = _directory.Write("m.onnx", before);

        Assert.Throws<OperationCanceledException>(() =>
            ModelMetadataEditor.Edit(
                path, path, new MetadataChange { RemovesOthers = true }, new CancellationToken(true)));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_directory.Path));
    }

    // A hole of zeros in place of the weights.
    private string WriteLarge(int weights)
    {
        string path = _directory.File("large.onnx");
        using FileStream stream = File.Create(path);
        byte[] tensor = [8, .. Varint(weights / 4), 0x10, 1, 0x42, 1, (byte)'w'];
        int length = tensor.Length + 6 + weights;
        stream.Write([8, 8, 0x3A, .. Varint(length + 6), 0x2A, .. Varint(length), .. tensor, 0x4A, .. Varint(weights)]);
        stream.Seek(weights, SeekOrigin.Current);
        stream.Write([0x42, 2, 0x10, 17]);
        return path;
    }

    private static byte[] Entry(string key, string value)
    {
        byte[] pair = new StringStringEntryProto { Key = key, Value = value }.ToByteArray();
        return [0x72, (byte)pair.Length, .. pair];
    }

    private static byte[] Without(ModelProto model)
    {
        model.MetadataProps.Clear();
        return model.ToByteArray();
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

    private byte[] Edit(byte[] model, MetadataChange change)
    {
        string path = _directory.Write("m.onnx", model);
        ModelMetadataEditor.Edit(path, path, change);
        return File.ReadAllBytes(path);
    }

    private sealed class LateKeys(IEnumerable<string> keys) : IReadOnlyCollection<string>
    {
        public int Count => 0;

        public IEnumerator<string> GetEnumerator() => keys.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
