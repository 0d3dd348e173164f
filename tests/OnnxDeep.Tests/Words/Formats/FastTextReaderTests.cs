using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OnnxDeep.Numerics;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class FastTextReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Printed))]
    public void VectorsAreThoseThatTheToolPrinted(string name)
    {
        string[] lines = File.ReadAllLines(ForeignVectors.Find($"{name}.vec"));

        using var imported = new ImportedTable(ForeignVectors.Find($"{name}.bin"));

        Assert.Equal("fastText binary", imported.Result.Format);
        Assert.Equal(lines.Skip(1).Select(line => line.Split(' ')[0]), imported.Keys);
        foreach (string[] line in lines.Skip(1).Select(line => line.TrimEnd().Split(' ')))
        {
            float[] vector = imported.Vector(line[0]);
            Assert.All(line.Skip(1).Zip(vector), pair => AssertPrinted(Number(pair.First), pair.Second));
        }
    }

    // Written before models had a mark and a version, from words in windows-1251; n-grams are those of its bytes.
    [Fact]
    public void UnmarkedModelInACodePageHasTheVectorsThatTheToolPrinted()
    {
        Encoding windows = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
        string[] lines = File.ReadAllLines(TestData.Find("vectors", "unmarked-1251.vec"), windows);

        using var imported = new ImportedTable(
            TestData.Find("vectors", "unmarked-1251.bin"), new ImportOptions { Encoding = windows });

        Assert.Contains("борщ", imported.Keys);
        Assert.Equal(lines.Skip(1).Select(line => line.Split(' ')[0]), imported.Keys);
        foreach (string[] line in lines.Skip(1).Select(line => line.TrimEnd().Split(' ')))
        {
            Assert.All(
                line.Skip(1).Zip(imported.Vector(line[0])), pair => AssertPrinted(Number(pair.First), pair.Second));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(264)]
    [InlineData(640)]
    public void UnmarkedModelIsToldFromOnnxAndPickles(int dimensions)
    {
        // 264 begins with the bytes of an ONNX model, and 640 with those of a pickle.
        var model = new FastTextModel { IsUnmarked = true, Dimensions = dimensions };
        int[] ngrams = [.. Rows(model, "<t", "<te", "te", "tea", "ea", "ea>", "a>")];

        using ImportedTable imported = Import(model);

        Assert.Equal("fastText binary", imported.Result.Format);
        Assert.Equal(Mean(model, [1, .. ngrams]), imported.Vector("tea"));
        Assert.Equal(model.Buckets, imported.Table.NgramCount);
    }

    [Fact]
    public void UnmarkedSupervisedModelHasNoCharacterNgrams()
    {
        using ImportedTable imported = Import(
            new FastTextModel { IsUnmarked = true, Model = 3, Labels = ["__label__x"] });

        Assert.Null(imported.Table.Subwords);
        Assert.Equal(4, imported.Result.Keys);
    }

    // The results of get_word_vector in Python's fasttext 0.9.2.
    [Theory]
    [MemberData(nameof(Known))]
    public void VectorsAreBitByBitThoseOfTheLibrary(string file, string word, bool isKnown, float[] expected)
    {
        using var imported = new ImportedTable(ForeignVectors.Find(file));

        Assert.Equal(isKnown, imported.Table.TryGetRow(word, out _));
        Assert.Equal(expected, isKnown ? imported.Vector(word) : Subword(imported, word));
    }

    public static TheoryData<string> Printed() => ForeignVectors.HasMore
        ? ["skipgram", "unmarked", "toy-model", "crime-and-punishment"]
        : ["skipgram", "unmarked"];

    public static TheoryData<string, string, bool, float[]> Known()
    {
        var words = new TheoryData<string, string, bool, float[]>();
        foreach (string line in File.ReadLines(TestData.Find("vectors", "library.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            JsonElement known = document.RootElement;
            words.Add(
                known.GetProperty("model").GetString()!,
                known.GetProperty("word").GetString()!,
                known.GetProperty("known").GetBoolean(),
                [.. known.GetProperty("vector").EnumerateArray().Select(number => number.GetSingle())]);
        }

        if (ForeignVectors.HasMore)
        {
            words.Add(
                "toy-model.bin", "in", true,
                [0.055451617f, 0.14836939f, 0.114530556f, -0.07697273f, 0.075164825f]);
            words.Add(
                "toy-model.bin", "größe", false,
                [0.062358066f, 0.09330474f, 0.025057452f, -0.09797118f, 0.05806654f]);
            words.Add(
                "crime-and-punishment.bin", "и", true,
                [-0.11188808f, 0.12134877f, -0.11379478f, 0.024495788f, -0.022506095f]);
            words.Add(
                "crime-and-punishment.bin", "landlady", true,
                [-0.060204845f, -0.0017037883f, 0.008687632f, 0.13152218f, 0.051030178f]);
            words.Add(
                "crime-and-punishment.bin", "landladies", false,
                [-0.051677357f, 0.019613495f, 0.056523714f, 0.12231339f, 0.061921366f]);
            words.Add(
                "crime-and-punishment.bin", "преступление", false,
                [0.0032451674f, 0.0386791f, 0.0381268f, 0.07073646f, 0.009049459f]);
        }

        return words;
    }

    [Fact]
    public void VectorsAgreeWithTheInstalledTool()
    {
        string tool = OnPath("fasttext");
        Assert.All(
            [("skipgram", 0), ("supervised", 0), ("supervised", 1), ("supervised", 2), ("supervised", 3)],
            kind => AssertAgreesWith(tool, kind.Item1, kind.Item2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WordIsTheMeanOfItsRowAndItsNgrams(bool isQuantized)
    {
        var model = new FastTextModel { IsQuantized = isQuantized, Labels = ["__label__a"] };

        using ImportedTable imported = Import(model);

        Assert.Equal(isQuantized ? "fastText quantised" : "fastText binary", imported.Result.Format);
        Assert.Equal(["</s>", "tea", "größe", "New York"], imported.Keys);
        Assert.Equal(Mean(model, [0]), imported.Vector("</s>"));
        Assert.Equal(
            Mean(model, [1, .. Rows(model, "<t", "<te", "te", "tea", "ea", "ea>", "a>")]), imported.Vector("tea"));
        Assert.Equal(Mean(model, [.. Rows(model, "<ö", "<öl", "öl", "öl>", "l>")]), Subword(imported, "öl"));
        Assert.Equal((5, SubwordHash.FastText), (imported.Table.NgramCount, imported.Table.Subwords!.Hash));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(5, true)]
    public void QuantisedRowsAreStretchesTimesALength(int stretch, bool hasNorms)
    {
        var model = new FastTextModel
        {
            IsQuantized = true, HasNorms = hasNorms, Stretch = stretch, Dimensions = 5,
            MinimumLength = 0, MaximumLength = 0,
        };

        using ImportedTable imported = Import(model);

        Assert.Equal(
            [.. Enumerable.Range(0, 5).Select(column => model.QuantizedValue(2, column))], imported.Vector("größe"));
        Assert.Null(imported.Table.Subwords);
    }

    [Fact]
    public void PrunedModelsHaveTheNgramsThatTheyKept()
    {
        var kept = new[] { (3, 1), (1, 0) };
        var model = new FastTextModel { IsQuantized = true, Kept = kept };
        int[] rows = [.. Rows(model, "<t", "<te", "te", "tea", "ea", "ea>", "a>").Select(row => row - 4)];
        int[] mapped =
        [
            .. rows.SelectMany(row => kept.Where(pair => pair.Item1 == row).Select(pair => 4 + pair.Item2)),
        ];

        using ImportedTable imported = Import(model);

        Assert.Equal(2, imported.Table.NgramCount);
        Assert.Equal(Mean(model, [1, .. mapped]), imported.Vector("tea"));
        Assert.Equal(Mean(model, mapped), Subword(imported, "tea"));
    }

    [Fact]
    public void ModelWithoutAnyKeptNgramHasWordsAlone()
    {
        var model = new FastTextModel { IsQuantized = true, Kept = [] };

        using ImportedTable imported = Import(model);

        Assert.Equal(Mean(model, [1]), imported.Vector("tea"));
        Assert.False(imported.Table.TryGetSubwordVector("teapot", new float[3]));
    }

    [Fact]
    public void OldSupervisedModelHasNoNgrams()
    {
        using ImportedTable supervised = Import(new FastTextModel { Version = 11, Model = 3 });
        using ImportedTable skipgram = Import(new FastTextModel { Version = 11 });

        Assert.Null(supervised.Table.Subwords);
        Assert.Equal(
            [FastTextModel.Value(1, 0), FastTextModel.Value(1, 1), FastTextModel.Value(1, 2)],
            supervised.Vector("tea"));
        Assert.NotNull(skipgram.Table.Subwords);
    }

    [Fact]
    public void LimitTakesTheFirstWordsAndAllNgrams()
    {
        using ImportedTable imported = Import(new FastTextModel(), new ImportOptions { Limit = 2 });

        Assert.Equal(["</s>", "tea"], imported.Keys);
        Assert.Equal(5, imported.Table.NgramCount);
    }

    [Fact]
    public void WordsInACodePageHashAsTheirBytesAndLeaveNoNgrams()
    {
        var model = new FastTextModel { Words = [[0xE4, 0xF6], "tea"u8.ToArray()], MaximumLength = 2 };
        int[] ngrams = [.. new byte[][] { [(byte)'<', 0xE4], [0xE4, 0xF6], [0xF6, (byte)'>'] }
            .Select(ngram => 2 + (int)(WordHash.Fnv1A(ngram) % 5))];

        using ImportedTable imported = Import(model, new ImportOptions { Encoding = Encoding.Latin1 });
        FileFormatException error = Error((model with { Words = [[0xE4, 0xF6]] }).ToBytes());

        Assert.Equal(["äö", "tea"], imported.Keys);
        Assert.Equal(Mean(model, [0, .. ngrams]), imported.Vector("äö"));
        Assert.Null(imported.Table.Subwords);
        Assert.Equal(ErrorIds.VectorsEncodingWrong, error.ErrorId);
        Assert.Contains("Specify the encoding", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PackedModelIsReadAndLeavesNothingBehind()
    {
        byte[] model = new FastTextModel().ToBytes();
        byte[] packed = SpacyModel.Gzip(model);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("m.bin").Open();
            entry.Write(model);
        }

        string[] paths = [_directory.Write("m.bin.gz", packed), _directory.Write("m.zip", zip.ToArray())];
        foreach (string path in paths)
        {
            string folder = _directory.File("tables");
            string table = Path.Combine(folder, "m.safetensors");

            using (var source = WordVectorSource.Open(path, new ImportOptions(), folder))
            {
                ImportResult result = source.Import(table);
                Assert.Equal(("m", 4), (result.Name, result.Keys));
            }

            Assert.Equal([table], Directory.GetFileSystemEntries(folder));
        }

        string cut = _directory.Write("cut.gz", packed[..^20]);
        Assert.Equal(ErrorIds.VectorsDamaged, ImportedTable.Error(cut).ErrorId);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void ModelCutShortAtAnyLengthIsATypedError(bool isQuantized, bool isPruned)
    {
        var model = new FastTextModel
        {
            IsQuantized = isQuantized, HasNorms = isPruned, Kept = isPruned ? [(2, 0)] : null,
        };
        byte[] whole = model.ToBytes();
        int end = whole.AsSpan().IndexOf("the output matrix"u8);
        for (int length = 0; length < end; length += length < 400 ? 1 : 61)
        {
            FileFormatException error = Error(whole[..length]);
            Assert.True(length < 4 || error.ErrorId == ErrorIds.VectorsDamaged, $"{length}: {error.Message}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ModelThatIsCutOffDuringAnImportIsAnError(bool isWriterOpenBefore)
    {
        byte[][] words = [.. Enumerable.Range(0, 10_000).Select(i => Encoding.UTF8.GetBytes($"word{i}"))];
        string path = _directory.Write("m.bin", new FastTextModel { Words = words }.ToBytes());
        using FileStream? before = isWriterOpenBefore
            ? new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)
            : null;

        SourceCut.AssertTypedError(path, before);
    }

    [Theory]
    [InlineData(4, 13)]
    [InlineData(8, 0)]
    [InlineData(8, int.MaxValue)]
    [InlineData(40, 0)]
    [InlineData(40, int.MaxValue)]
    [InlineData(48, int.MaxValue)]
    [InlineData(64, -1)]
    [InlineData(64, int.MaxValue)]
    [InlineData(68, 3)]
    [InlineData(84, int.MinValue)]
    [InlineData(84, 1_000_000)]
    public void AbsurdSizesAreTypedErrors(int offset, int value)
    {
        byte[] model = new FastTextModel().ToBytes();
        BinaryPrimitives.WriteInt32LittleEndian(model.AsSpan(offset), value);

        long before = GC.GetAllocatedBytesForCurrentThread();
        FileFormatException error = Error(model);

        Assert.Equal(ErrorIds.VectorsDamaged, error.ErrorId);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }

    [Fact]
    public void PrunedModelThatIsNotQuantisedIsATypedError()
    {
        byte[] model = new FastTextModel { Kept = [(1, 0)] }.ToBytes();

        Assert.Contains("quantised", Error(model).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedModelsGiveTypedErrorsOnly() => SourceFuzzer.Run(
        11,
        FuzzSeed.File("m.bin", new FastTextModel { Labels = ["__label__x"] }.ToBytes()),
        FuzzSeed.File(
            "m.ftz", new FastTextModel { IsQuantized = true, HasNorms = true, Kept = [(3, 1), (1, 0)] }.ToBytes()),
        FuzzSeed.File("m.gz", new FastTextModel().ToBytes()) with { Pack = Gzip },
        FuzzSeed.File("u.bin", new FastTextModel { IsUnmarked = true }.ToBytes()),
        FuzzSeed.File(
            "q.ftz", new FastTextModel { IsQuantized = true, Stretch = 1 }.ToBytes(), new ImportOptions { Limit = 2 }));

    private static Dictionary<string, byte[]> Gzip(IReadOnlyDictionary<string, byte[]> files) =>
        files.ToDictionary(file => file.Key, file => SpacyModel.Gzip(file.Value));

    // The tool prints five digits.
    private static void AssertPrinted(float printed, float value) =>
        Assert.Equal(printed, value, 1e-6f + (6e-5f * Math.Abs(printed)));

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static float[] Subword(ImportedTable imported, string word)
    {
        float[] vector = new float[imported.Table.Dimensions];
        Assert.True(imported.Table.TryGetSubwordVector(word, vector));
        return vector;
    }

    private static IEnumerable<int> Rows(FastTextModel model, params string[] ngrams) =>
        ngrams.Select(
            ngram => model.Words.Count + (int)(WordHash.Fnv1A(Encoding.UTF8.GetBytes(ngram)) % (uint)model.Buckets));

    private static float[] Mean(FastTextModel model, int[] rows)
    {
        float[] sum = new float[model.Dimensions];
        foreach (int row in rows)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += model.IsQuantized ? model.QuantizedValue(row, i) : FastTextModel.Value(row, i);
            }
        }

        return [.. sum.Select(value => value * (1f / rows.Length))];
    }

    private static string OnPath(string program)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        Assert.SkipUnless(path is not null, $"'{program}' is not installed.");
        return path;
    }

    private void AssertAgreesWith(string tool, string kind, int quantization)
    {
        // The last ones are words as they are written for the tool, with their punctuation.
        string[] words =
        [
            "alpha", "zürich", "новый", "wording", "teapot", "кот", "unknown", "ёж", "x", "teapots",
            "#tag", "#alpha",
            "U.S.A.", "(alpha)", "wording,", "«teapot»", "...", "tea-pot", "alpha/wording", "ｔｅａ",
        ];
        var random = new Random(3);
        IEnumerable<string> lines = Enumerable.Range(0, 2000).Select(
            i => $"__label__{i % 2} " + string.Join(' ', Enumerable.Range(0, 8).Select(_ => words[random.Next(6)])));
        _directory.Write("text.txt", string.Join('\n', lines) + "\n");
        const string Options =
            "-input text.txt -output m -dim 10 -minn 2 -maxn 4 -bucket 500 -epoch 1 -thread 1 -minCount 1";
        Run(tool, null, [kind, .. Options.Split(' ')]);
        string[] quantize = quantization switch
        {
            1 => [],
            2 => ["-qnorm", "-dsub", "3"],
            _ => ["-qnorm", "-cutoff", "300", "-retrain", "-epoch", "1", "-thread", "1"],
        };
        if (quantization > 0)
        {
            Run(tool, null, ["quantize", "-input", "text.txt", "-output", "m", .. quantize]);
        }

        string model = _directory.File(quantization > 0 ? "m.ftz" : "m.bin");
        string[] printed = Run(tool, string.Join('\n', words) + "\n", "print-word-vectors", model)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        using var imported = new ImportedTable(model);
        var vectorizer = new TermVectorizer(imported.Table);

        Assert.Equal(7, imported.Keys.Length);
        Assert.Equal(words.Length, printed.Length);
        foreach ((string word, string line) in words.Zip(printed))
        {
            float[] vector = new float[imported.Table.Dimensions];
            Assert.True(vectorizer.TryGetVector(word, vector));
            float[] expected = [.. line.Trim().Split(' ').Skip(1).Select(Number)];
            Assert.All(expected.Zip(vector), pair => AssertPrinted(pair.First, pair.Second));
        }
    }

    private string Run(string program, string? input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _directory.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]}: {errors.Result}");
        return output;
    }

    private ImportedTable Import(FastTextModel model, ImportOptions? options = null) =>
        new(_directory.Write("m.bin", model.ToBytes()), options);

    private FileFormatException Error(byte[] model) => ImportedTable.Error(_directory.Write("m.bin", model));
}
