using System.IO.Compression;
using System.Text;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Imports bytes or files in the test's own folder, and opens the table.</summary>
internal sealed class SourceImport : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public ImportResult Result { get; private set; } = null!;

    public WordVectorTable Table { get; private set; } = null!;

    /// <summary>The folder of the tables.</summary>
    public string TableFolder => _folder.File("tables");

    public static SourceImport Of(string name, byte[] bytes, ImportOptions? options = null)
    {
        var import = new SourceImport();
        try
        {
            return import.Run(import._folder.Write(name, bytes), options);
        }
        catch
        {
            // No unfinished files may be left, whatever went wrong.
            Assert.Empty(
                Directory.Exists(import.TableFolder) ? Directory.GetFileSystemEntries(import.TableFolder) : []);
            import.Dispose();
            throw;
        }
    }

    public static SourceImport Of(string name, string text, ImportOptions? options = null) =>
        Of(name, Encoding.UTF8.GetBytes(text), options);

    public static SourceImport OfFile(string path, ImportOptions? options = null) =>
        new SourceImport().Run(path, options);

    public static FileFormatException Refused(string name, byte[] bytes, ImportOptions? options = null) =>
        Assert.Throws<FileFormatException>(() => Of(name, bytes, options));

    public static FileFormatException Refused(string name, string text, ImportOptions? options = null) =>
        Refused(name, Encoding.UTF8.GetBytes(text), options);

    public static byte[] Gzip(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }

    /// <summary>All keys in order.</summary>
    public string[] Keys() => [.. Enumerable.Range(0, Table.KeyCount).Select(Table.GetKey)];

    /// <summary>The vector of exactly this key.</summary>
    public float[] Vector(string key)
    {
        Assert.True(Table.TryGetRow(key, out int row), $"There is no key '{key}'.");
        float[] vector = new float[Table.Dimensions];
        Table.CopyVector(row, vector);
        return vector;
    }

    public void Dispose()
    {
        Table?.Dispose();
        _folder.Dispose();
    }

    private SourceImport Run(string path, ImportOptions? options)
    {
        string table = Path.Combine(TableFolder, "table.safetensors");
        using var source = WordVectorSource.Open(path, options ?? new ImportOptions(), TableFolder);
        Result = source.Import(table);
        Table = WordVectorTable.Open(table);
        return this;
    }
}
