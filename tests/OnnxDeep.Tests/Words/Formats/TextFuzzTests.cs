using System.Text;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class TextFuzzTests
{
    private static readonly byte[] s_glove = Encoding.UTF8.GetBytes(
        "the 0.418 0.24968 -0.41242\nice cream 1e-5 -2.5E+3 .5\n日本 4 5 6\nthe 1 2 3\nnan nan inf 1\nragged 1\n");

    private static readonly byte[] s_word2Vec = Encoding.UTF8.GetBytes(
        "3 2\nthe 0.1 0.2 \ncafé 1.2345678901234567e-01 3\na 4 5\n");

    [Fact]
    public void DamagedTextGivesATableOrTheTypedError() => SourceFuzzer.Run(
        11,
        FuzzSeed.File("v.txt", s_glove),
        FuzzSeed.File("v.vec", s_word2Vec),
        FuzzSeed.File("v.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a 1 2\nb 3 4\n")]));

    [Fact]
    public void DamagedPackedTextGivesATableOrTheTypedError() => SourceFuzzer.Run(
        12,
        FuzzSeed.File("v.gz", SourceImport.Gzip(s_glove)),
        FuzzSeed.File("v.zip", SourceImport.Zip(("v.txt", s_word2Vec))));
}
