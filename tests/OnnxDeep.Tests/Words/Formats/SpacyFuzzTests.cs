using System.Formats.Tar;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class SpacyFuzzTests
{
    private static readonly FuzzSeed s_folder = new(SpacyModel.Files("vocab/"));

    private static readonly FuzzSeed s_model = new(new Dictionary<string, byte[]>(SpacyModel.Files("vocab/"))
    {
        ["meta.json"] = """{"lang":"en","name":"core_web_md","spacy_version":">=2.0.0"}"""u8.ToArray(),
    });

    private static readonly FuzzSeed s_floret = new(new Dictionary<string, byte[]>(SpacyModel.Files())
    {
        ["vectors.cfg"] =
            """{"mode":"floret","minn":1,"maxn":3,"hash_count":2,"hash_seed":5,"bow":"<","eow":">","attr":65}"""u8
                .ToArray(),
    });

    private static readonly FuzzSeed s_older = new(new Dictionary<string, byte[]>
    {
        ["vectors"] = SpacyModel.Npy("'<f2'", [2, 2], [0, 0x3C, 0, 0x40, 0, 0x3C, 0, 0]),
        ["keys"] = SpacyModel.Npy(
            "'<u8'", [2], [.. BitConverter.GetBytes(SpacyModel.Hash("café")), 9, 0, 0, 0, 0, 0, 0, 0]),
        ["strings.json"] = "[\"caf\\u00e9\"]"u8.ToArray(),
    });

    [Fact]
    public void DamagedFoldersGiveTheTypedError() => SourceFuzzer.Run(1, s_folder, s_model, s_floret, s_older);

    [Fact]
    public void DamagedFilesInSoundArchivesGiveTheTypedError() => SourceFuzzer.Run(
        2,
        s_model with
        {
            Target = "m.whl", Pack = files => new Dictionary<string, byte[]> { ["m.whl"] = SpacyModel.Zip(files) },
        },
        s_model with
        {
            Target = "m.tar.gz",
            Pack = files => new Dictionary<string, byte[]> { ["m.tar.gz"] = SpacyModel.Gzip(SpacyModel.Tar(files)) },
        });

    [Fact]
    public void DamagedWheelsGiveTheTypedError() => SourceFuzzer.Run(
        3,
        FuzzSeed.File("m.whl", SpacyModel.Zip(s_model.Files)),
        FuzzSeed.File("m.zip", SpacyModel.Zip(s_folder.Files, System.IO.Compression.CompressionLevel.NoCompression)));

    [Fact]
    public void DamagedTapeArchivesGiveTheTypedError() => SourceFuzzer.Run(
        4,
        FuzzSeed.File("m.tar", SpacyModel.Tar(s_model.Files)),
        FuzzSeed.File("m.tar.gz", SpacyModel.Gzip(SpacyModel.Tar(s_model.Files, TarEntryFormat.Gnu))),
        FuzzSeed.File("m.tar", SpacyModel.Tar(s_folder.Files, TarEntryFormat.Ustar)) with
        {
            Pack = files => new Dictionary<string, byte[]> { ["m.tar"] = WithChecksums(files["m.tar"]) },
        });

    // A checksum reveals damage in a header immediately; valid checksums let the damage reach later code.
    private static byte[] WithChecksums(byte[] archive)
    {
        byte[] bytes = [.. archive];
        for (int start = 0; start + 512 <= bytes.Length; start += 512)
        {
            Span<byte> block = bytes.AsSpan(start, 512);
            if (block[257..].StartsWith("ustar"u8))
            {
                block.Slice(148, 8).Fill((byte)' ');
                int sum = 0;
                foreach (byte value in block)
                {
                    sum += value;
                }

                System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0')).CopyTo(block[148..]);
                block[154] = 0;
            }
        }

        return bytes;
    }
}
