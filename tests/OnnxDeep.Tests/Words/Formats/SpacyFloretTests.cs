using System.Text;
using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class SpacyFloretTests : IDisposable
{
    private const int Rows = 50;

    private readonly TemporaryDirectory _directory = new();
    private readonly float[] _rows = [.. Enumerable.Range(0, Rows * 3).Select(i => (i * 37 % 101) - 50f)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(2, 3, 2, 2166136261, "<", ">", "65")]
    [InlineData(1, 4, 4, 0, "¡", "!!", "\"ORTH\"")]
    [InlineData(0, 0, 1, 1, "<", ">", "66")]
    [InlineData(4, 6, 3, 7, "", "", "\"LOWER\"")]
    public void VectorIsTheMeanThatSpacyTakes(
        int least, int most, int hashes, uint seed, string begin, string end, string attribute)
    {
        Write($$"""
            {"mode":"floret","minn":{{least}},"maxn":{{most}},"hash_count":{{hashes}},"hash_seed":{{seed}},
            "bow":"{{begin}}","eow":"{{end}}","attr":{{attribute}}}
            """);

        using var imported = new ImportedTable(_directory.Path);

        Assert.Equal(
            ("spaCy floret vectors", 0, 0), (imported.Result.Format, imported.Result.Rows, imported.Result.Keys));
        foreach (string word in new[] { "a", "Coffee", "naïve", "茶\U0001F375x", "antidisestablishmentarianism" })
        {
            float[] vector = new float[3];
            Assert.True(imported.Table.TryGetSubwordVector(word, vector));
            string text = attribute is "66" or "\"LOWER\"" ? word.ToLowerInvariant() : word;
            double[] expected = Mean(begin + text + end, least, most, hashes, seed);
            Assert.All(expected.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }

        Assert.False(imported.Table.TryGetSubwordVector(string.Empty, new float[3]));
    }

    // From spaCy's own tests: the rows of "<der>" and its slices in a table of ten rows, with two hashes each.
    [Fact]
    public void RowsOfNgramsAreThoseOfFloret()
    {
        string[] slices = ["<der>", "<d", "de", "er", "r>", "<de", "der", "er>"];
        int[] rows =
        [
            .. slices.Select(slice => WordHash.Murmur3X64(Encoding.UTF8.GetBytes(slice), 2166136261).Low)
                .SelectMany(hash => new[] { (int)((uint)hash % 10), (int)((uint)(hash >> 32) % 10) }),
        ];

        Assert.Equal([5, 6, 7, 5, 8, 2, 8, 9, 3, 3, 4, 6, 7, 3, 0, 2], rows);
    }

    [Theory]
    [InlineData("""{"mode":"floret","minn":3,"maxn":2,"hash_count":1}""", "VectorsDamaged")]
    [InlineData("""{"mode":"floret","minn":1,"maxn":2}""", "VectorsDamaged")]
    [InlineData("""{"mode":"floret","minn":1,"maxn":2,"hash_count":5}""", "VectorsDamaged")]
    [InlineData("""{"mode":"floret","minn":1,"maxn":9999999999,"hash_count":1}""", "VectorsDamaged")]
    [InlineData("""{"mode":"floret","minn":-1,"maxn":2,"hash_count":1}""", "VectorsDamaged")]
    [InlineData("""{"mode":"floret","minn":1,"maxn":2,"hash_count":1,"hash_seed":-1}""", "VectorsDamaged")]
    [InlineData("""{"mode":"floret","minn":1,"maxn":2,"hash_count":1,"bow":7}""", "VectorsDamaged")]
    [InlineData("""{"mode":"floret","minn":1,"maxn":2,"hash_count":1,"attr":67}""", "VectorsFormatUnknown")]
    [InlineData("""{"mode":"floret","minn":1,"maxn":2,"hash_count":1,"attr":"SHAPE"}""", "VectorsFormatUnknown")]
    [InlineData("""{"mode":"other"}""", "VectorsFormatUnknown")]
    [InlineData("""{"mode":1}""", "VectorsFormatUnknown")]
    [InlineData("""["mode"]""", "VectorsDamaged")]
    public void SettingsThatMakeNoSenseAreRefused(string config, string id)
    {
        Write(config);

        Assert.Equal(id, ImportedTable.Error(_directory.Path).ErrorId);
    }

    [Fact]
    public void RowWithoutNumbersIsReportedDamaged()
    {
        _rows[7] = float.NaN;
        Write("""{"mode":"floret","minn":1,"maxn":2,"hash_count":1}""");

        FileFormatException error = ImportedTable.Error(_directory.Path);

        Assert.Equal(("VectorsDamaged", _directory.File("vectors")), (error.ErrorId, error.Path));
    }

    private void Write(string config)
    {
        _directory.Write("vectors.cfg", config);
        _directory.Write("vectors", SpacyModel.Npy("'<f4'", [Rows, 3], SpacyModel.Floats(_rows)));
        _directory.Write("key2row", [0x80]);
    }

    // As in the documentation of floret, over code points, slice by slice.
    private double[] Mean(string text, int least, int most, int hashes, uint seed)
    {
        string[] points = [.. text.EnumerateRunes().Select(rune => rune.ToString())];
        List<string> slices = [text];
        for (int size = least; size <= most; size++)
        {
            for (int start = 0; start + size <= points.Length; start++)
            {
                slices.Add(string.Concat(points[start..(start + size)]));
            }
        }

        double[] sum = new double[3];
        foreach (string slice in slices)
        {
            (ulong low, ulong high) = WordHash.Murmur3X64(Encoding.UTF8.GetBytes(slice), seed);
            uint[] parts = [(uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32)];
            for (int i = 0; i < hashes; i++)
            {
                for (int d = 0; d < 3; d++)
                {
                    sum[d] += _rows[(parts[i] % Rows * 3) + d];
                }
            }
        }

        return [.. sum.Select(value => value / (slices.Count * hashes))];
    }
}
