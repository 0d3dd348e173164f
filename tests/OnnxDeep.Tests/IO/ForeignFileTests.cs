using System.IO.Compression;
using System.Text;

using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

using ModelParts = OnnxDeep.Tests.Onnx.Inspection.Models;

namespace OnnxDeep.Tests.IO;

public sealed class ForeignFileTests : IDisposable
{
    private const string Pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2\n"
        + "size 90868376\n";

    private const string Page = "\n<!DOCTYPE html>\n<html lang=\"en\"><head><title>Not found</title></head></html>\n";

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, byte[], string> Models => new()
    {
        { "empty", [], "it is empty. Copy or download the file again." },
        { "lfs", Bytes(Pointer), "it is a Git LFS pointer" },
        { "page", Bytes(Page), "it is a web page" },
        { "gzip", Packed("salad"), "it is compressed with gzip. Unpack it" },
        { "zip", Zip("model.onnx"), "it is a zip archive" },
        { "torch", Zip("archive/data.pkl"), "it is a PyTorch file" },
        { "npz", Zip("arr_0.npy"), "it is a NumPy archive" },
        { "pickle", [0x80, 4, 0x95, 0, 0], "it is a Python pickle" },
        { "ort", [0x20, 0, 0, 0, .. Bytes("ORTM"), 0, 0], "it is a model in ORT format. Use the .onnx file" },
        { "tflite", [0x1C, 0, 0, 0, .. Bytes("TFL3"), 0, 0], "it is a TensorFlow Lite model" },
        { "hdf5", [0x89, .. Bytes("HDF\r\n"), 0x1A, 0x0A, 0], "it is an HDF5 file" },
        { "npy", [0x93, .. Bytes("NUMPY"), 1, 0], "it is a NumPy array" },
        { "safetensors", [16, 0, 0, 0, 0, 0, 0, 0, .. Bytes("{\"a\":1}         ")], "it is a safetensors file" },
        { "gguf", Bytes("GGUF\u0003\0\0\0"), "it is a GGUF model" },
        { "json", Bytes("{ \"model_type\": \"bert\" }"), "it is JSON" },
        { "xml", Bytes("<?xml version=\"1.0\"?><net name=\"m\"/>"), "it is XML" },
        { "text", Bytes("ir_version: 8\ngraph {\n}\n"), "it is an ONNX model as text" },
        {
            "saved",
            [0x08, 0x01, 0x12, 0xC0, 0x3E, 0x0A, 0x20, 0x12, 0x05, .. Bytes("serve"), .. Bytes("AssignVariableOp")],
            "it is a TensorFlow model. Convert it to ONNX"
        },
        {
            "graph",
            [0x0A, 0x1A, 0x0A, 0x01, (byte)'x', 0x12, 0x0B, .. Bytes("Placeholder"), 0x2A, 0x40],
            "it is a TensorFlow model"
        },
        { "parquet", Bytes("PAR1\u0015\0"), "it is a Parquet table" },
        { "unknown", Bytes("just some text"), "its bytes are not an ONNX ModelProto" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void FilesGivenAsModelsAreToldForWhatTheyAre(string name, byte[] content, string expected)
    {
        string path = _folder.Write(name + ".onnx", content);

        foreach (Action read in (Action[])[() => OnnxLayout.Read(path), () => OnnxLayout.ReadWhole(path)])
        {
            var error = Assert.Throws<FileFormatException>(read);
            Assert.Equal(ErrorIds.ModelNotOnnx, error.ErrorId);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("lfs.onnx", "a Git LFS pointer")]
    [InlineData("html.onnx", "a web page")]
    [InlineData("gz.onnx", "compressed with gzip")]
    [InlineData("json.onnx", "JSON")]
    [InlineData("ortfmt.onnx", "ORT format")]
    [InlineData("text.onnx", "an ONNX model as text")]
    [InlineData("torch.onnx", "a PyTorch file")]
    public void FilesOfOtherProgramsAreToldForWhatTheyAre(string name, string expected)
    {
        string path = Fixtures.Find($"field/odd/{name}");

        var error = Assert.Throws<FileFormatException>(() => OnnxLayout.Read(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string, string> Vectors => new()
    {
        { "lfs.txt", Bytes(Pointer), ErrorIds.VectorsFormatUnknown, "a Git LFS pointer" },
        { "page.vec", Bytes(Page), ErrorIds.VectorsFormatUnknown, "a web page" },
        { "packed.vec.gz", Packed(Pointer), ErrorIds.VectorsFormatUnknown, "a Git LFS pointer" },
        { "zipped.zip", Zip("v.txt", Page), ErrorIds.VectorsFormatUnknown, "a web page" },
        { "torch.bin", Zip("archive/data.pkl"), ErrorIds.VectorsNeedPickle, "a PyTorch file" },
        { "pickle.bin", [0x80, 4, 0x95, 0, 0], ErrorIds.VectorsNeedPickle, "a Python pickle" },
        { "xz.vec", [0xFD, .. Bytes("7zXZ"), 0, 0], ErrorIds.VectorsFormatUnknown, "compressed with xz" },
        { "empty.txt", [], ErrorIds.VectorsFormatUnknown, "empty" },
        { "keras.h5", [0x89, .. Bytes("HDF\r\n"), 0x1A, 0x0A], ErrorIds.VectorsFormatUnknown, "an HDF5 file" },
        { "gguf.bin", Bytes("GGUF\u0003\0\0\0"), ErrorIds.VectorsFormatUnknown, "a GGUF model" },
        { "data.json", Bytes("[{\"word\": \"a\"}]"), ErrorIds.VectorsFormatUnknown, "JSON" },
        { "model.txt", Bytes("ir_version: 8\nopset_import: 17\n"), ErrorIds.VectorsFormatUnknown, "as text" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void FilesGivenAsVectorsAreToldForWhatTheyAre(string name, byte[] content, string id, string expected)
    {
        string path = _folder.Write(name, content);

        var error = Assert.Throws<FileFormatException>(
            () => WordVectorSource.Open(path, new ImportOptions(), _folder.Path).Dispose());

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WordsThatBeginLikeOtherFormatsAreStillWords()
    {
        string path = _folder.Write("v.txt", "{ 1 2\n[ 3 4\n<s> 5 6\n<html> 7 8\nversion 9 1\nPK 1 1\n");

        using var source = WordVectorSource.Open(path, new ImportOptions(), _folder.Path);

        Assert.Equal(6, source.Import(_folder.File("t.safetensors")).Keys);
    }

    [Theory]
    [InlineData("table.safetensors")]
    [InlineData("page.safetensors")]
    public void PointersGivenAsTablesAreToldForWhatTheyAre(string name)
    {
        string path = _folder.Write(name, name[0] == 't' ? Pointer : Page);

        var error = Assert.Throws<FileFormatException>(() => WordVectorTable.Open(path).Dispose());

        Assert.Equal(ErrorIds.VectorsFormatUnknown, error.ErrorId);
        Assert.Contains(name[0] == 't' ? "git lfs pull" : "a web page", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".npy", "a NumPy array, but the file is a Git LFS pointer")]
    [InlineData(".npz", "it is a Git LFS pointer")]
    [InlineData(".csv", "it is a Git LFS pointer")]
    [InlineData(".pb", "it is a Git LFS pointer")]
    public void PointersGivenAsTensorsAreToldForWhatTheyAre(string extension, string expected)
    {
        string path = _folder.Write("t" + extension, Pointer);

        var error = Assert.Throws<FileFormatException>(
            () => TensorFile.Read(path, OnnxTypeKind.Tensor, new TextTableFormat()).Count());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorIds.NotAWordList, "a Git LFS pointer")]
    [InlineData(ErrorIds.NotAWordList, "a web page")]
    [InlineData(ErrorIds.BinaryFile, "compressed with gzip")]
    [InlineData(ErrorIds.BinaryFile, "a zip archive")]
    public void FilesGivenAsWordsAreToldForWhatTheyAre(string id, string expected)
    {
        string path = _folder.Write("words.txt", expected switch
        {
            "a Git LFS pointer" => Bytes(Pointer),
            "a web page" => Bytes(Page),
            "a zip archive" => Zip("words.txt", "salad"),
            _ => Packed("salad\nlaptop\n"),
        });

        var error = Assert.Throws<OnnxDeepException>(() => WordFile.Read(path).Count());

        Assert.Equal(id, error.ErrorId);
        Assert.Contains($"it is {expected}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a Git LFS pointer")]
    [InlineData("a web page")]
    [InlineData("compressed with gzip")]
    public void FilesGivenAsTheWordsOfVectorsAreToldForWhatTheyAre(string expected)
    {
        string vectors = _folder.Write("v.npy", Array());
        string words = _folder.Write("w.txt", InPlace(expected));

        var error = Assert.Throws<FileFormatException>(() =>
        {
            using var source = WordVectorSource.Open(
                vectors, new ImportOptions { WordListPath = words }, _folder.Path);
            source.Import(_folder.File("t.safetensors"));
        });

        Assert.Equal((ErrorIds.WordListMismatch, words), (error.ErrorId, error.Path));
        Assert.Contains($"in a file that is {expected}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a Git LFS pointer")]
    [InlineData("a web page")]
    [InlineData("compressed with gzip")]
    [InlineData("empty")]
    public void FilesGivenAsExternalDataAreToldForWhatTheyAre(string expected)
    {
        _folder.Write("w.bin", InPlace(expected));
        TensorProto weights = ModelParts.External("w", 1000, "w.bin");
        string path = _folder.Write(
            "m.onnx", ModelParts.Wrap(new GraphProto { Initializer = { weights } }).ToByteArray());

        var error = Assert.Throws<FileFormatException>(() => ExternalData.Read(path, weights, 4000));

        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        Assert.Contains(
            $"needs the external data 'w.bin', but that file is {expected}", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            OnnxModelInspector.Open(path).Info.Problems,
            problem => problem.Contains($"'w.bin', but that file is {expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void ExternalDataThatAreTooShortAreAProblem()
    {
        _folder.Write("w.bin", new byte[10]);
        string path = _folder.Write(
            "m.onnx",
            ModelParts.Wrap(new GraphProto
            {
                Initializer = { ModelParts.External("v", 1, "w.bin"), ModelParts.External("w", 2, "w.bin", 4) },
            }).ToByteArray());

        Assert.Contains(
            "The tensor 'w' needs 8 bytes at offset 4 of 'w.bin', which has 10. Copy that file again.",
            OnnxModelInspector.Open(path).Info.Problems);
    }

    private static byte[] InPlace(string what) => what switch
    {
        "a Git LFS pointer" => Bytes(Pointer),
        "a web page" => Bytes(Page),
        "empty" => [],
        _ => Packed("salad\nlaptop\n"),
    };

    // float32 [1000, 2]
    private static byte[] Array()
    {
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000, 2), }".PadRight(117) + "\n";
        return [0x93, .. Bytes("NUMPY"), 1, 0, (byte)header.Length, 0, .. Bytes(header), .. new byte[8000]];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Bytes(text));
        }

        return packed.ToArray();
    }

    private static byte[] Zip(string name, string content = "x")
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
        using (Stream entry = archive.CreateEntry(name).Open())
        {
            entry.Write(Bytes(content));
        }

        return packed.ToArray();
    }
}
