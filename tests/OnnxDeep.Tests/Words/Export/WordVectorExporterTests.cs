using OnnxDeep.IO;
using OnnxDeep.Tests.Words.Table;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Export;

public sealed class WordVectorExporterTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly TemporaryTable _table = new(VectorElementType.Float32);

    public void Dispose()
    {
        _table.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(WordVectorFileFormat.Word2VecText)]
    [InlineData(WordVectorFileFormat.GloVe)]
    [InlineData(WordVectorFileFormat.SafeTensors)]
    [InlineData(WordVectorFileFormat.Npy)]
    public void FileThatAppearsDuringAnExportIsNotOverwritten(WordVectorFileFormat format)
    {
        string path = _folder.File("vectors.out");
        using var table = WordVectorTable.Open(_table.Path);
        var options = new ExportOptions { Format = format, Existing = ExistingFile.Keep };
        Assert.Equal("FileExists", Assert.Throws<OnnxDeepException>(() => WordVectorExporter.Export(
            table, path, options, _ => File.WriteAllText(path, "other"))).ErrorId);

        // Nothing else is left, such as the word list of an array.
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal("other", File.ReadAllText(path));
    }

    [Fact]
    public void TableThatAppearsDuringAnImportIsNotOverwritten()
    {
        string path = _folder.File("table.safetensors");
        string source = _folder.Write("vectors.txt", "salad 1 2\nice 3 4\n");
        using (var vectors = WordVectorSource.Open(source, new ImportOptions(), _folder.Path))
        {
            File.WriteAllText(path, "other");
            Assert.Equal("FileExists", Assert.Throws<OnnxDeepException>(
                () => vectors.Import(path, ExistingFile.Keep, null, CancellationToken.None)).ErrorId);
        }

        Assert.Equal("other", File.ReadAllText(path));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }
}
