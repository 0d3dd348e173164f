using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Imports into its own folder and opens the result.</summary>
internal sealed class ImportedTable : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ImportedTable(string path, ImportOptions? options = null)
    {
        try
        {
            using var source = WordVectorSource.Open(path, options ?? new ImportOptions(), _directory.Path);
            Result = source.Import(_directory.File("table.safetensors"));
            Table = WordVectorTable.Open(_directory.File("table.safetensors"));
        }
        catch
        {
            Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
            _directory.Dispose();
            throw;
        }
    }

    public ImportResult Result { get; }

    public WordVectorTable Table { get; }

    /// <summary>The keys in order; those without a name are empty.</summary>
    public string[] Keys => [.. Enumerable.Range(0, Table.KeyCount).Select(Table.GetKey)];

    /// <summary>The error with which an import fails, after checking that nothing is left behind.</summary>
    public static FileFormatException Error(string path, ImportOptions? options = null) =>
        Assert.Throws<FileFormatException>(() => new ImportedTable(path, options).Dispose());

    /// <summary>The vector of a key, which must exist.</summary>
    public float[] Vector(string key)
    {
        Assert.True(Table.TryGetRow(key, out int row), $"There is no key '{key}'.");
        float[] vector = new float[Table.Dimensions];
        Table.CopyVector(row, vector);
        return vector;
    }

    public void Dispose()
    {
        Table.Dispose();
        _directory.Dispose();
    }
}
