using System.IO.Compression;
using System.Text;
using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Compressed sources, and the detection of formats before a reader is chosen.</summary>
public sealed class SourceFileTests
{
    private static readonly byte[] s_small = Encoding.UTF8.GetBytes("the 0.1 0.2\nof 0.3 0.4\n");

    [Fact]
    public void GzipIsReadInPlace()
    {
        using SourceImport import = SourceImport.Of("v.whatever", SourceImport.Gzip(s_small));

        Assert.Equal(["the", "of"], import.Keys());
    }

    [Fact]
    public void GzipOfSeveralMembersIsReadWhole()
    {
        byte[] empty = Convert.FromHexString("1F8B08000000000000FF03000000000000000000");
        byte[] first = SourceImport.Gzip("the 0.1 0.2\nof"u8.ToArray());
        byte[] second = SourceImport.Gzip(" 0.3 0.4\n"u8.ToArray());
        using SourceImport two = SourceImport.Of("v.gz", [.. first, .. second]);
        using SourceImport blocks = SourceImport.Of("v.gz", [.. first, .. empty, .. second, .. empty]);

        Assert.Equal(["the", "of"], two.Keys());
        Assert.Equal([.3f, .4f], two.Vector("of"));
        Assert.Equal(two.Table.ContentSha256, blocks.Table.ContentSha256);
    }

    [Fact]
    public void EveryTruncationOfAGzipOfSeveralMembersIsRefused()
    {
        byte[] first = SourceImport.Gzip("the 0.1 0.2\n"u8.ToArray());
        byte[] stored = SourceImport.Gzip(s_small, CompressionLevel.NoCompression);
        byte[] packed = [.. first, .. stored];
        for (int length = 0; length < packed.Length; length++)
        {
            if (length != first.Length)
            {
                SourceImport.Refused("v.gz", packed[..length]);
            }
        }

        SourceImport.Refused("v.gz", [.. packed, .. "more"u8]);
    }

    [Fact]
    public void ZipOfOneFileIsReadInPlace()
    {
        using SourceImport import = SourceImport.Of("v.whatever", SourceImport.Zip(("folder/v.txt", s_small)));

        Assert.Equal(["the", "of"], import.Keys());
    }

    [Theory]
    [InlineData(null, "expected one file with vectors, found no file at all.")]
    [InlineData("v.txt", "expected one file 'v.txt', found no file at all.")]
    public void EmptyZipOffersNothingToChoose(string? entry, string expected)
    {
        FileFormatException error = SourceImport.Refused(
            "empty.zip", SourceImport.Zip(), new ImportOptions { Entry = entry });

        Assert.Equal("VectorsFormatUnknown", error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Specify", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ZipOfSeveralFilesNeedsAnEntry()
    {
        byte[] zip = SourceImport.Zip(("g.50d.txt", s_small), ("g.100d.txt", "a 1 2 3\n"u8.ToArray()));

        FileFormatException error = SourceImport.Refused("g.zip", zip);
        using SourceImport import = SourceImport.Of("g.zip", zip, new ImportOptions { Entry = "g.100d.txt" });

        Assert.Equal("VectorsAmbiguous", error.ErrorId);
        Assert.Contains("g.50d.txt", error.Message, StringComparison.Ordinal);
        Assert.Contains("Specify the one to read", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], import.Keys());
    }

    [Fact]
    public void EveryTruncationOfAGzipIsRefused()
    {
        byte[] packed = SourceImport.Gzip(s_small);
        for (int length = 0; length < packed.Length; length++)
        {
            SourceImport.Refused("v.gz", packed[..length]);
        }
    }

    [Fact]
    public void EveryTruncationOfAZipIsRefused()
    {
        byte[] packed = SourceImport.Zip(("v.txt", s_small));
        for (int length = 0; length < packed.Length; length++)
        {
            SourceImport.Refused("v.zip", packed[..length]);
        }
    }

    [Fact]
    public void EveryFlippedByteOfAGzipIsRefusedOrHarmless()
    {
        byte[] packed = SourceImport.Gzip(s_small);
        for (int i = 0; i < packed.Length; i++)
        {
            byte[] flipped = [.. packed];
            flipped[i] ^= 0xFF;
            try
            {
                SourceImport.Of("v.gz", flipped).Dispose();
            }
            catch (FileFormatException)
            {
                // The usual result.
            }
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void ArchiveInAnArchiveIsRefused(bool isOuterZip, bool isInnerZip)
    {
        byte[] inner = isInnerZip ? SourceImport.Zip(("v.txt", s_small)) : SourceImport.Gzip(s_small);
        byte[] outer = isOuterZip ? SourceImport.Zip(("inner", inner)) : SourceImport.Gzip(inner);

        Assert.Equal("VectorsArchiveUnsafe", SourceImport.Refused("v.packed", outer).ErrorId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BombIsRefusedBeforeItSwells(bool isZip)
    {
        // The lines themselves are valid, but their compression ratio is a thousand to one.
        byte[] swollen = new byte[40 << 20];
        byte[] line = "a 0 0 0 0 0 0 0\n"u8.ToArray();
        for (int i = 0; i < swollen.Length; i++)
        {
            swollen[i] = line[i % line.Length];
        }

        byte[] packed = isZip ? SourceImport.Zip(("v.txt", swollen)) : SourceImport.Gzip(swollen);

        Assert.Equal("VectorsArchiveUnsafe", SourceImport.Refused("bomb", packed).ErrorId);
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("a/../../evil.txt")]
    [InlineData("..\\evil.txt")]
    [InlineData("C:\\evil.txt")]
    public void NameThatLeavesTheArchiveIsRefused(string name)
    {
        FileFormatException error = SourceImport.Refused("v.zip", SourceImport.Zip((name, s_small)));

        Assert.Equal("VectorsArchiveUnsafe", error.ErrorId);
        Assert.Contains("evil.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("80 04 95", "VectorsNeedPickle")]
    [InlineData("80 02 63", "VectorsNeedPickle")]
    [InlineData("42 5A 68 39", "VectorsFormatUnknown")]
    [InlineData("FD 37 7A 58 5A 00", "VectorsFormatUnknown")]
    [InlineData("28 B5 2F FD 00", "VectorsFormatUnknown")]
    [InlineData("37 7A BC AF 27 1C", "VectorsFormatUnknown")]
    [InlineData("89 50 4E 47 0D 0A 1A 0A 00 00", "VectorsFormatUnknown")]
    [InlineData("7F 45 4C 46 02 01 01 00", "VectorsFormatUnknown")]
    [InlineData("", "VectorsFormatUnknown")]
    public void WhatIsNoneOfTheFormatsIsRefusedByName(string hex, string id) => Assert.Equal(
        id,
        SourceImport.Refused(
            "v.bin", Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal))).ErrorId);

    [Fact]
    public void SymbolicLinkToTheFileThatIsMeantIsFollowed()
    {
        using var folder = new TemporaryDirectory();
        string link = folder.File("link");
        File.CreateSymbolicLink(link, folder.Write("v.txt", s_small));
        using SourceImport import = SourceImport.OfFile(link);

        Assert.Equal(["the", "of"], import.Keys());
    }

    [Fact]
    public void MissingFileIsNotFound() =>
        Assert.Throws<FileNotFoundException>(
            () => SourceImport.OfFile(Path.Combine(Path.GetTempPath(), "no such file")));

    [Theory]
    [InlineData("glove.6B.300d.txt.gz", "glove.6B.300d")]
    [InlineData("wiki.en.vec", "wiki.en")]
    [InlineData("archive.tar.gz", "archive")]
    [InlineData(".txt", ".txt")]
    [InlineData("v.1.TXT", "v.1")]
    public void TableTakesTheFilesNameWithoutWhatTellsTheFormat(string file, string name)
    {
        using var folder = new TemporaryDirectory();
        using WordVectorSource source = WordVectorSource.Open(
            folder.Write(file, s_small), new ImportOptions(), folder.Path);

        Assert.Equal(name, source.Name);
    }
}
