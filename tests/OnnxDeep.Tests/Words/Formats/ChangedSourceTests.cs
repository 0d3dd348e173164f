using System.Text;

using Google.Protobuf;

using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Onnx.Inspection;
using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Another program writes to a source in place while it is imported, and its length stays the same.</summary>
public sealed class ChangedSourceTests : IDisposable
{
    private const string Words = "salad\nlaptop\n";

    private static readonly DateTime s_written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly byte[] s_text = Encoding.UTF8.GetBytes("salad 1 2\nlaptop 3 4\n");

    private static readonly byte[] s_array = SpacyModel.Npy("'<f4'", [2, 2], SpacyModel.Floats(1, 2, 3, 4));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string, string> Sources => new()
    {
        { "v.txt", "v.txt" },
        { "v.txt.gz", "v.txt.gz" },
        { "v.zip", "v.zip" },
        { "v.tar", "v.tar" },
        { "v.bin", "v.bin" },
        { "fasttext.bin", "fasttext.bin" },
        { "fasttext.bin.gz", "fasttext.bin.gz" },
        { "a.npy", "a.npy" },
        { "a.npy", "a.txt" },
        { "s.safetensors", "s.safetensors" },
        { "s.safetensors", "s.txt" },
        { "m.onnx", "m.onnx" },
        { "m.onnx", "m.data" },
        { "m.onnx", "m.txt" },
        { "spacy", "spacy/vectors" },
        { "spacy", "spacy/key2row" },
        { "spacy.tar.gz", "spacy.tar.gz" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void SourceThatChangesDuringAnImportIsAnError(string name, string changed)
    {
        Write();
        string tables = _directory.File("tables");
        using var source = WordVectorSource.Open(_directory.File(name), new ImportOptions(), tables);

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => source.Import(Path.Combine(tables, "t.safetensors"), _ => Change(_directory.File(changed))));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
        Assert.Contains(_directory.File(changed), error.Message, StringComparison.Ordinal);
        source.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(tables));
    }

    [Theory]
    [InlineData("v.txt")]
    [InlineData("a.npy")]
    [InlineData("m.onnx")]
    [InlineData("fasttext.bin")]
    public void SourceThatIsReplacedByRenamingIsImportedAsItWas(string name)
    {
        Write();
        string path = _directory.File(name);
        using var source = WordVectorSource.Open(path, new ImportOptions(), _directory.Path);

        ImportResult result = source.Import(_directory.File("t.safetensors"), _ =>
        {
            File.Move(path, path + ".old");
            File.WriteAllText(path, "another file");
        });

        Assert.Equal(name == "fasttext.bin" ? 4 : 2, result.Keys);
    }

    [Fact]
    public void DamageByAProgramThatStillWritesIsAChange()
    {
        string path = _directory.Write(
            "v.txt", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"word{i} 1 2 3\n")));
        File.SetLastWriteTimeUtc(path, s_written);
        using var source = WordVectorSource.Open(path, new ImportOptions(), _directory.Path);

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => source.Import(
            _directory.File("t.safetensors"), _ => File.WriteAllBytes(path, new byte[1_000_000])));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
    }

    private static void Change(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        int last = (int)stream.Length - 1;
        stream.Position = last;
        int value = stream.ReadByte();
        stream.Position = last;
        stream.WriteByte((byte)(value ^ 1));
    }

    private void Write()
    {
        Directory.CreateDirectory(_directory.File("tables"));
        byte[] fastText = new FastTextModel().ToBytes();
        var files = new Dictionary<string, byte[]>
        {
            ["v.txt"] = s_text,
            ["v.txt.gz"] = SpacyModel.Gzip(s_text),
            ["v.zip"] = SpacyModel.Zip(new Dictionary<string, byte[]> { ["v.txt"] = s_text }),
            ["v.tar"] = SpacyModel.Tar(new Dictionary<string, byte[]> { ["v.txt"] = s_text }),
            ["v.bin"] =
            [
                .. "2 2\nsalad "u8, .. SpacyModel.Floats(1, 2),
                .. "\nlaptop "u8, .. SpacyModel.Floats(3, 4), (byte)'\n',
            ],
            ["fasttext.bin"] = fastText,
            ["fasttext.bin.gz"] = SpacyModel.Gzip(fastText),
            ["a.npy"] = s_array,
            ["a.txt"] = Encoding.UTF8.GetBytes(Words),
            ["s.safetensors"] = SafeTensors(),
            ["s.txt"] = Encoding.UTF8.GetBytes(Words),
            ["m.onnx"] = Model(),
            ["m.data"] = SpacyModel.Floats(1, 2, 3, 4),
            ["m.txt"] = Encoding.UTF8.GetBytes(Words),
            ["spacy.tar.gz"] = SpacyModel.Gzip(SpacyModel.Tar(SpacyModel.Files("vocab/"))),
        };
        foreach ((string name, byte[] bytes) in SpacyModel.Files("spacy/"))
        {
            files.Add(name, bytes);
        }

        SpacyModel.Write(_directory, files);
        foreach (string name in files.Keys)
        {
            File.SetLastWriteTimeUtc(_directory.File(name), s_written);
        }
    }

    private static byte[] SafeTensors()
    {
        byte[] header = """{"vectors":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"""u8.ToArray();
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. SpacyModel.Floats(1, 2, 3, 4)];
    }

    private static byte[] Model()
    {
        TensorProto table = Models.External("table", 2, "m.data");
        table.Dims.Add(2);
        return Models.Wrap(new GraphProto
        {
            Initializer = { table },
            Node = { new NodeProto { OpType = "Gather", Input = { "table", "ids" }, Output = { "y" } } },
        }).ToByteArray();
    }
}
