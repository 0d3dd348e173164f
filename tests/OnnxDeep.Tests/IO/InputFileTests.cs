using System.Net.Sockets;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Words.Formats;
using OnnxDeep.Tests.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.IO;

public sealed class InputFileTests : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Readers => [.. s_readers.Keys];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("pipe", "named pipe")]
    [InlineData("socket", "socket")]
    [InlineData("device", "character device")]
    [InlineData("endless device", "character device")]
    [InlineData("link to a pipe", "named pipe")]
    [InlineData("link to a device", "character device")]
    public async Task OnlyARegularFileIsOpened(string kind, string name)
    {
        SpecialFile.SkipOnWindows();
        using Socket socket = SpecialFile.CreateSocket(_directory.File("socket"));
        string path = kind switch
        {
            "pipe" => SpecialFile.CreatePipe(_directory.File("a")),
            "socket" => _directory.File("socket"),
            "device" => "/dev/null",
            "endless device" => "/dev/zero",
            "link to a pipe" => Link(SpecialFile.CreatePipe(_directory.File("a"))),
            _ => Link("/dev/null"),
        };

        OnnxDeepException error = await Refuse(() => InputFile.Open(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.True(InputFile.IsSpecial(path));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task NoReaderWaitsForAPipe(string reader)
    {
        SpecialFile.SkipOnWindows();
        string path = SpecialFile.CreatePipe(_directory.File("a" + Path.GetExtension(reader)));

        await Refuse(() => s_readers[reader](path));
    }

    [Fact]
    public async Task NeitherDoesAReaderOfASecondFile()
    {
        SpecialFile.SkipOnWindows();
        string pipe = SpecialFile.CreatePipe(_directory.File("words.txt"));
        string array = _directory.Write("a.npy", SpacyModel.Npy("'<f4'", [1, 2], new byte[8]));

        await Refuse(() => WordVectorSource.Open(
            array, new ImportOptions { WordListPath = pipe }, _directory.Path, TestContext.Current.CancellationToken));
        await Refuse(() => WordVectorSource.Open(
            array, new ImportOptions(), _directory.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void RegularFileIsReadFromItsStart()
    {
        string path = _directory.Write("a", [1, 2, 3]);

        using FileStream stream = InputFile.Open(path);

        Assert.Equal(3, stream.Length);
        Assert.Equal(1, stream.ReadByte());
        Assert.Equal(path, InputFile.OpenNamed(path).Name);
        Assert.False(InputFile.IsSpecial(path));
        Assert.False(InputFile.IsSpecial(_directory.Path));
        Assert.False(InputFile.IsSpecial(_directory.File("missing")));
    }

    [Fact]
    public void FileThatAnotherProgramWritesAloneIsInUse()
    {
        string path = _directory.Write("a", [1, 2, 3]);
        using FileStream writer = new(path, FileMode.Open, FileAccess.Write, FileShare.None);

        Assert.Throws<IOException>(() => InputFile.Open(path));
    }

    [Fact]
    public void MissingFilesAndFoldersHaveTheExceptionsOfDotnet()
    {
        Assert.Throws<FileNotFoundException>(() => InputFile.Open(_directory.File("missing")));
        Assert.Throws<DirectoryNotFoundException>(() => InputFile.Open(_directory.File("missing/a")));
        Assert.Throws<UnauthorizedAccessException>(() => InputFile.Open(_directory.Path));
    }

    private static readonly Dictionary<string, Func<string, object>> s_readers = new()
    {
        ["layout.onnx"] = OnnxLayout.Read,
        ["model.onnx"] = OnnxModelFile.Load,
        ["table.vectors"] = WordVectorTable.Open,
        ["vectors.txt"] = path => WordVectorSource.Open(path, new ImportOptions(), Path.GetTempPath()),
        ["vectors.gz"] = path => WordVectorSource.Open(path, new ImportOptions(), Path.GetTempPath()),
        ["value.pb"] = path => TensorFile.ReadProto(path),
        ["array.npy"] = TensorFile.ReadNpy,
        ["arrays.npz"] = path => TensorFile.ReadNpz(path).ToArray(),
        ["several.npy"] = Read,
        ["several.npz"] = Read,
        ["table.csv"] = Read,
        ["tensor.pb"] = Read,
    };

    private static OnnxValue[] Read(string path) =>
        TensorFile.Read(path, OnnxTypeKind.Tensor, new TextTableFormat()).ToArray();

    // A reader that waits fails the test instead of hanging it.
    private static async Task<OnnxDeepException> Refuse(Func<object> read)
    {
        OnnxDeepException error = await Assert.ThrowsAnyAsync<OnnxDeepException>(
            () => Task.Run(read).WaitAsync(s_longest));
        Assert.Equal(ErrorIds.NotARegularFile, error.ErrorId);
        return error;
    }

    private string Link(string target) => File.CreateSymbolicLink(_directory.File("link"), target).FullName;
}
