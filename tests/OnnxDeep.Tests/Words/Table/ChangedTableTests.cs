using System.Buffers.Binary;
using System.Text.Json.Nodes;

using OnnxDeep.IO;
using OnnxDeep.Tests.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Table;

/// <summary>Other programs overwrite or shorten a table in place while it is open.</summary>
public sealed class ChangedTableTests : IDisposable
{
    private readonly TemporaryTable _file = new(VectorElementType.Float32);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void SmallTableIsACopyThatNothingChanges()
    {
        using var table = WordVectorTable.Open(_file.Path);
        byte[] zeros = new byte[new FileInfo(_file.Path).Length];
        Overwrite(stream => stream.Write(zeros));
        Overwrite(stream => stream.SetLength(100));

        Assert.True(table.TryGetRow("k7", out int row));
        float[] vector = new float[20];
        table.CopyVector(row, vector);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => _file.Rows[7, i]), vector);
        table.Verify(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LargeTableNoticesTheChange(bool isShortened)
    {
        Enlarge();
        using var table = WordVectorTable.Open(_file.Path);
        Assert.True(table.TryGetRow("k7", out int row));
        Overwrite(stream =>
        {
            if (isShortened)
            {
                stream.SetLength(100);
            }

            stream.Write(new byte[10]);
        });
        WaitForNextTick();

        Action[] uses =
        [
            () => table.TryGetRow("k7", out _),
            () => table.GetKey(0),
            () => table.GetKeyRow(0),
            () => table.CopyVector(row, new float[20]),
            () => table.TryGetSubwordVector("k7", new float[20]),
            () => table.Verify(),
        ];
        Assert.All(uses, use => Assert.Equal(
            ErrorIds.FileChanged, Assert.Throws<OnnxDeepException>(use).ErrorId));
    }

    [Fact]
    public void LargeTableThatIsReplacedByRenamingStaysAsItWas()
    {
        Enlarge();
        using var table = WordVectorTable.Open(_file.Path);
        File.Move(_file.Path, _file.Path + ".old");
        File.WriteAllText(_file.Path, "another file");
        WaitForNextTick();

        Assert.True(table.TryGetRow("k7", out int row));
        Assert.Equal(7, row);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LargeTableThatIsCutOffDuringAnImportIsAnError(bool isWriterOpenBefore)
    {
        Enlarge();
        using FileStream? before = isWriterOpenBefore ? OpenToWrite() : null;

        SourceCut.AssertTypedError(_file.Path, before);
    }

    private static void WaitForNextTick()
    {
        long now = Environment.TickCount64;
        SpinWait.SpinUntil(() => Environment.TickCount64 != now);
    }

    private void Overwrite(Action<FileStream> change)
    {
        using FileStream stream = OpenToWrite();
        change(stream);
    }

    // Without a lock, as programs in other languages do it.
    private FileStream OpenToWrite() => new(_file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

    // With a tensor that nobody reads; the file has a hole there.
    private void Enlarge()
    {
        byte[] bytes = File.ReadAllBytes(_file.Path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        JsonObject header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        long end = bytes.Length - 8 - length;
        header["filling"] = new JsonObject
        {
            ["dtype"] = "U8",
            ["shape"] = new JsonArray(MappedFile.MostCopiedBytes),
            ["data_offsets"] = new JsonArray(end, end + MappedFile.MostCopiedBytes),
        };
        string json = header.ToJsonString();
        json = json.PadRight((json.Length + 63) / 64 * 64 + 56);
        using FileStream stream = File.Create(_file.Path);
        using var writer = new BinaryWriter(stream);
        writer.Write((long)json.Length);
        writer.Write(System.Text.Encoding.UTF8.GetBytes(json));
        writer.Write(bytes.AsSpan(8 + length));
        stream.SetLength(stream.Position + MappedFile.MostCopiedBytes);
    }
}
