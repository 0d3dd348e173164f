using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Formats.Archives;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class ArchiveMembersTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("../vectors")]
    [InlineData("a/../../vectors")]
    [InlineData("/etc/vectors")]
    [InlineData("..\\vectors")]
    [InlineData("C:\\vectors")]
    public void NameThatClimbsOutIsRefused(string name)
    {
        var files = new Dictionary<string, byte[]> { [name] = [1] };
        _directory.Write("m.zip", SpacyModel.Zip(files));
        _directory.Write("m.tar", SpacyModel.Tar(files));

        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("m.zip")).ErrorId);
        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("m.tar")).ErrorId);
    }

    [Fact]
    public void ZipCutShortAtAnyLengthIsReportedDamaged()
    {
        byte[] bytes = SpacyModel.Zip(SpacyModel.Files("vocab/"));
        for (int length = 4; length < bytes.Length; length++)
        {
            _directory.Write("m.zip", bytes[..length]);

            Assert.Equal("VectorsDamaged", ImportedTable.Error(_directory.File("m.zip")).ErrorId);
        }
    }

    [Fact]
    public void PackedTarCutShortAtAnyLengthIsReportedDamaged()
    {
        byte[] bytes = SpacyModel.Gzip(SpacyModel.Tar(SpacyModel.Files("vocab/")));
        for (int length = 2; length < bytes.Length; length++)
        {
            _directory.Write("m.tar.gz", bytes[..length]);

            string id = ImportedTable.Error(_directory.File("m.tar.gz")).ErrorId;

            // The first block determines the format.
            Assert.True(id == "VectorsDamaged" || (length < 300 && id == "VectorsFormatUnknown"), $"{id} at {length}.");
        }
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Ustar)]
    public void TarCutShortBeforeItsEndIsReportedDamaged(TarEntryFormat format)
    {
        byte[] bytes = SpacyModel.Tar(SpacyModel.Files("vocab/"), format);
        for (int length = 512; length <= bytes.Length - 1024; length += 61)
        {
            _directory.Write("m.tar", bytes[..length]);

            Assert.Equal("VectorsDamaged", ImportedTable.Error(_directory.File("m.tar")).ErrorId);
        }
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void LongNamesInTarAreRead(TarEntryFormat format)
    {
        string folder = new('x', 150);
        _directory.Write("m.tar", SpacyModel.Tar(SpacyModel.Files($"{folder}/vocab/"), format));

        using var files = new SourceFiles(_directory.Path, TestContext.Current.CancellationToken);
        using TarMembers members = TarMembers.OpenArchive(_directory.File("m.tar"), files);

        Assert.Contains($"{folder}/vocab/vectors", members.Names);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('L')]
    public void LongNameThatClaimsMuchIsRefusedBeforeMemoryIsAskedFor(char kind)
    {
        byte[] header = SpacyModel.Tar(SpacyModel.Files(), TarEntryFormat.Ustar)[..512];
        header[156] = (byte)kind;
        "17777777777\0"u8.CopyTo(header.AsSpan(124));
        "        "u8.CopyTo(header.AsSpan(148));
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0'))
            .CopyTo(header.AsSpan(148));
        _directory.Write("m.tar", header);
        long before = GC.GetAllocatedBytesForCurrentThread();

        FileFormatException error = ImportedTable.Error(_directory.File("m.tar"));

        Assert.Contains("long name or pax record of at most", error.Expected, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void LinksInArchivesAreRefused()
    {
        using (var stream = new MemoryStream())
        {
            using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "vectors") { LinkName = "/etc/passwd" });
                writer.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, "key2row") { DataStream = new MemoryStream([0x80]) });
            }

            _directory.Write("m.tar", stream.ToArray());
        }

        using (var stream = new MemoryStream())
        {
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                ZipArchiveEntry link = archive.CreateEntry("vectors.txt");
                link.ExternalAttributes = unchecked((int)0xA1FF0000);
                using Stream target = link.Open();
                target.Write("/etc/passwd"u8);
            }

            _directory.Write("m.zip", stream.ToArray());
        }

        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("m.tar")).ErrorId);
        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("m.zip")).ErrorId);
    }

    [Fact]
    public void EncryptedFileIsRefusedSayingSo()
    {
        byte[] bytes = SpacyModel.Zip(new Dictionary<string, byte[]> { ["v.npy"] = new byte[100] });
        int directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bytes[6] |= 1;
        bytes[directory + 8] |= 1;
        _directory.Write("m.zip", bytes);

        Assert.Contains(
            "not encrypted", ImportedTable.Error(_directory.File("m.zip")).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void PackedFileThatIsShorterThanTheDirectorySaysIsReportedDamaged()
    {
        byte[] bytes = SpacyModel.Zip(SpacyModel.Files());
        int directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bytes[directory + 24]++;
        _directory.Write("m.zip", bytes);

        Assert.Equal("VectorsDamaged", ImportedTable.Error(_directory.File("m.zip")).ErrorId);
    }

    [Fact]
    public void ZipBombIsRefused()
    {
        byte[] bomb = SpacyModel.Npy("'<f4'", [2048, 4096], new byte[32 << 20]);
        _directory.Write("m.zip", SpacyModel.Zip(new Dictionary<string, byte[]> { ["v.npy"] = bomb }));
        _directory.Write("v.npy.gz", SpacyModel.Gzip(bomb));
        _directory.Write("words.txt", string.Concat(Enumerable.Range(0, 2048).Select(i => $"{i:x}\n")));

        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("m.zip")).ErrorId);
        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("v.npy.gz")).ErrorId);
    }

    [Fact]
    public void ArchiveInAnArchiveIsRefused()
    {
        byte[] zip = SpacyModel.Zip(SpacyModel.Files());
        _directory.Write("m.zip.gz", SpacyModel.Gzip(zip));
        _directory.Write("m.zip", SpacyModel.Zip(new Dictionary<string, byte[]> { ["inner.zip"] = zip }));

        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("m.zip.gz")).ErrorId);
        Assert.Equal("VectorsArchiveUnsafe", ImportedTable.Error(_directory.File("m.zip")).ErrorId);
    }

    [Fact]
    public void OnlyFileThatCanBeDataIsChosen()
    {
        string[] names = ["vectors/", "__MACOSX/x.txt", ".hidden", "README.md", "LICENSE", "glove.txt"];
        _directory.Write("m.zip", SpacyModel.Zip(names.ToDictionary(name => name, _ => Array.Empty<byte>())));
        using var files = new SourceFiles(_directory.Path, TestContext.Current.CancellationToken);
        using ZipMembers members = ZipMembers.OpenArchive(_directory.File("m.zip"), files);

        Assert.Equal("glove.txt", ArchiveName.Choose("m.zip", members.Names, null));
        Assert.Equal("README.md", ArchiveName.Choose("m.zip", members.Names, "readme.MD"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnlyFileOfATapeArchiveIsReadInPlace(bool isPacked)
    {
        byte[] vectors = "2 2\ntea 1 2\ncoffee 3 4\n"u8.ToArray();
        byte[] bytes = SpacyModel.Tar(new Dictionary<string, byte[]>
        {
            ["README"] = "about"u8.ToArray(), ["folder/v.txt"] = vectors,
        });
        string path = _directory.Write("m.tar", isPacked ? SpacyModel.Gzip(bytes) : bytes);
        using var imported = new ImportedTable(path);
        using var named = new ImportedTable(path, new ImportOptions { Entry = "v.txt" });

        Assert.Equal(["tea", "coffee"], imported.Keys);
        Assert.Equal("word2vec text", imported.Result.Format);
        Assert.Equal(imported.Table.ContentSha256, named.Table.ContentSha256);
        Assert.Equal(
            "VectorsAmbiguous", ImportedTable.Error(path, new ImportOptions { Entry = "w.txt" }).ErrorId);
    }

    [Fact]
    public void TapeArchiveOfSeveralVectorFilesIsAmbiguous()
    {
        byte[] bytes = SpacyModel.Tar(new Dictionary<string, byte[]>
        {
            ["a.txt"] = "tea 1 2\n"u8.ToArray(), ["b.txt"] = "tea 1 2 3\n"u8.ToArray(),
        });

        FileFormatException error = ImportedTable.Error(_directory.Write("m.tar", bytes));

        Assert.Equal("VectorsAmbiguous", error.ErrorId);
        Assert.Contains("'a.txt', 'b.txt'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FastTextModelInATapeArchiveIsRead()
    {
        byte[] model = new FastTextModel().ToBytes();
        using var imported = new ImportedTable(_directory.Write(
            "m.tgz", SpacyModel.Gzip(SpacyModel.Tar(new Dictionary<string, byte[]> { ["m.bin"] = model }))));

        Assert.Equal(("fastText binary", 4), (imported.Result.Format, imported.Result.Keys));
    }

    [Fact]
    public void SeveralFilesAreAmbiguousAndANameChooses()
    {
        string[] names = ["glove.6B.50d.txt", "glove.6B.100d.txt", "a/glove.6B.200d.txt", "glove.6B.300d.txt"];
        _directory.Write("m.zip", SpacyModel.Zip(names.ToDictionary(name => name, _ => Array.Empty<byte>())));
        using var files = new SourceFiles(_directory.Path, TestContext.Current.CancellationToken);
        using ZipMembers members = ZipMembers.OpenArchive(_directory.File("m.zip"), files);

        Assert.Equal("a/glove.6B.200d.txt", ArchiveName.Choose("m.zip", members.Names, "GLOVE.6b.200d.txt"));
        Assert.Equal("a/glove.6B.200d.txt", ArchiveName.Choose("m.zip", members.Names, "A/glove.6B.200d.txt"));
        foreach (string? entry in new[] { null, "glove.txt" })
        {
            FileFormatException error = Assert.Throws<FileFormatException>(
                () => ArchiveName.Choose("m.zip", members.Names, entry));
            Assert.Equal("VectorsAmbiguous", error.ErrorId);
            Assert.All(names, name => Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal));
            Assert.Contains("Specify the one to read", error.Message, StringComparison.Ordinal);
        }
    }
}
