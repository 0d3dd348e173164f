using System.Globalization;
using System.Text.Json;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Words;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Tables;

public sealed class TableModelExporterTests : IDisposable
{
    private const int Tables = 60;
    private const int Rows = 20;

    private static readonly string[] s_labels = ["no", "yes"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void GraphOfRandomColumnsEncodesRandomRowsBitByBit()
    {
        for (int seed = 0; seed < Tables; seed++)
        {
            var table = new RandomTable(seed, columns: 1 + (seed % 7));
            if (table.Schema.Width > 0)
            {
                AssertEncoding($"table {seed}", table, Rows);
            }
        }
    }

    [Fact]
    public void ThousandColumnsAreEncodedBitByBit() => AssertEncoding("thousand", new RandomTable(7, 1000), rows: 3);

    [Fact]
    public void ThousandColumnsNeedFewNodes()
    {
        TableSchema schema = new RandomTable(7, 1000).Schema;
        using var model = new TableModel(_directory, schema);

        int categories = schema.Textual.Count;
        Assert.InRange(OnnxModelFile.Load(model.Path).Model.Graph.Node.Count, 3 * categories, (3 * categories) + 60);
    }

    [Fact]
    public void CategoryOfManyValuesIsEncoded()
    {
        TableSchema schema = new([Category("code", [.. Enumerable.Range(0, 5000).Select(number => $"{number}")])]);
        using var model = new TableModel(_directory, schema);

        (_, _, float[] encoded) = model.Run([], [["4999"], ["none"], ["0"]]);

        Assert.Equal([(1, 4999), (1, 10000)], encoded.Index().Where(item => item.Item != 0).Select(item =>
            ((int)item.Item, item.Index)));
    }

    [Fact]
    public void UnknownAndMissingValuesAreAnswered()
    {
        TableSchema schema = new(
        [
            Number("age") with { Missing = 1, HasMissingFeature = true, Fill = 40 },
            Category("colour", "red", "blue") with { HasMissingFeature = true },
        ]);
        using var model = new TableModel(_directory, schema);

        (float[] scores, string[] labels, float[] encoded) = model.Run(
            [[1], [double.NaN], [1e300], [40]], [["red"], [""], ["purple"], ["mauve"]]);

        Assert.All(scores[..6], score => Assert.True(float.IsFinite(score)));
        Assert.Equal([1, 0, 1, 0, 0], encoded[..5]);
        Assert.Equal([40, 1, 0, 0, 1], encoded[5..10]);
        Assert.Equal(encoded[11..15], encoded[16..]);
        Assert.All(encoded[16..], feature => Assert.Equal(0, feature));
        Assert.DoesNotContain(labels[0], s_labels);
        Assert.Equal("unknown", labels[2]);
    }

    [Theory]
    [InlineData(0f, "yes")]
    [InlineData(1f, "no")]
    public void LabelOfOneUnitDependsOnTheModelsThreshold(float threshold, string label)
    {
        TableSchema schema = new([Number("age")]);
        var network = Network.Create(1, [new(1, Activation.Sigmoid)], seed: 2);
        using var model = new TableModel(
            _directory, schema, network, new ModelMetadata { Labels = s_labels, Threshold = threshold });

        (_, string[] labels, _) = model.Run([[0.5], [double.NaN]], []);

        Assert.Equal([label, "unknown"], labels);
    }

    [Fact]
    public void AnswersAreThoseOfTheNetworkOnTheEncodedRows()
    {
        var table = new RandomTable(12, 6);
        var network = Network.Create(table.Schema.Width, [new(8, Activation.ReLU), new(4, Activation.Softmax)], 5);
        string[] names = ["a", "b", "c", "d"];
        using var model = new TableModel(
            _directory, table.Schema, network, new ModelMetadata { Labels = names });
        double[][] numbers = [.. Enumerable.Range(0, Rows).Select(_ => table.CreateNumbers())];
        string[][] texts = [.. Enumerable.Range(0, Rows).Select(_ => table.CreateTexts())];

        (float[] scores, string[] labels, _) = model.Run(numbers, texts);

        float[,] expected = network.Forward(Encode(table.Schema, numbers, texts));
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> own = expected.GetRowSpan(row);
            bool isNumber = !own.ToArray().Any(float.IsNaN);
            Assert.Equal(isNumber ? names[Classes.FromOutputs(own)] : "unknown", labels[row]);
            for (int unit = 0; unit < own.Length; unit++)
            {
                AssertNear(own[unit], scores[(row * own.Length) + unit]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NoRowAndOneRowAreAnswered(int rows)
    {
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        TableSchema schema = new([.. new RandomTable(3, 6).Schema.Columns, Text("note", vectors)]);
        using var model = new TableModel(_directory, schema, vectors: vectors);

        (float[] scores, string[] labels, _) = model.Run(
            [.. Enumerable.Range(0, rows).Select(_ => new double[schema.Numeric.Count])],
            [.. Enumerable.Range(0, rows).Select(_ => schema.Textual.Select(_ => string.Empty).ToArray())]);

        Assert.Equal((3 * rows, rows), (scores.Length, labels.Length));
    }

    [Fact]
    public void NumbersWithoutGapsAreOnlyStandardized()
    {
        TableSchema schema = new(
            [Number("a") with { Mean = 2, Scale = 4 }, Number("b") with { Kind = ColumnKind.Boolean }]);
        var network = Network.Create(2, [new(3, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 4);
        byte[] before = OnnxExporter.Export(
            network, standardization: new Standardization([2, 0], [4, 1]));
        using var model = new TableModel(_directory, schema, network);

        ModelProto with = OnnxModelFile.Load(model.Path).Model;
        ModelProto without = ModelProto.Parser.ParseFrom(before);
        Assert.Equal(without.Graph.Node, with.Graph.Node.Take(without.Graph.Node.Count));
        Assert.Equal((17, 8), (with.OpsetImport[0].Version, with.IrVersion));
        Assert.Single(with.OpsetImport);
    }

    [Fact]
    public void RegressorHasAPredictionAndNoLabel()
    {
        TableSchema schema = new([Category("colour", "red")]);
        var network = Network.Create(1, [new(1, Activation.Linear)], seed: 4);
        using var model = new TableModel(
            _directory, schema, network, new ModelMetadata { Task = ModelMetadata.Regression });

        (float[] scores, string[] labels, _) = model.Run([], [["red"], ["blue"]]);

        Assert.Equal("prediction", model.Session.Outputs[0].Name);
        Assert.Empty(labels);
        Assert.Equal(network.Layers[0].Weights[0, 0] + network.Layers[0].Biases[0], scores[0]);
        Assert.Equal(network.Layers[0].Biases[0], scores[1]);
    }

    [Fact]
    public void NetworkOfOtherInputsIsRefused() => Assert.Throws<ArgumentException>(() => TableModelExporter.Export(
        Network.Create(3, [new(1, Activation.Sigmoid)], seed: 1), new TableSchema([Number("a")])));

    [Fact]
    public void VectorsOfOtherDimensionsAreRefused()
    {
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        TableSchema schema = new([Text("note", vectors) with { Dimensions = 3 }]);

        Assert.Throws<ArgumentException>(() => new TableModel(_directory, schema, vectors: vectors));
    }

    [Fact]
    public void EqualInputsGiveEqualBytes()
    {
        var table = new RandomTable(12, 6);
        using var one = new TableModel(_directory, table.Schema);
        using var other = new TableModel(_directory, table.Schema);

        Assert.Equal(File.ReadAllBytes(one.Path), File.ReadAllBytes(other.Path));
        Assert.NotNull(ModelMetadata.FromProperties(OnnxModelFile.Load(one.Path).Properties).Table);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void FreeTextIsTheMeanOfItsWords(int depth, bool isAlone)
    {
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        TableColumn[] others = [Number("age") with { Missing = 1 }, Category("colour", "red")];
        TableSchema schema = new(
            [Text("subject", vectors), .. isAlone ? [] : others, Text("body", vectors)]);
        var network = Network.Create(
            schema.Width, [.. Enumerable.Repeat(new Dense(6, Activation.Tanh), depth), new(3, Activation.Softmax)], 5);
        using var model = new TableModel(_directory, schema, network, vectors: vectors);
        string[] samples =
        [
            "", "green salad", "salad", "zzz", "zzz salad", " green  green ", "don't", "naïve café", "😀",
            string.Join(' ', Enumerable.Repeat("salad green zzz", 200)),
        ];
        string[][] texts =
        [
            .. samples.SelectMany(one => samples.Select(other =>
                schema.Textual.Select(column => column.Name switch
                {
                    "subject" => one,
                    "body" => other,
                    _ => "red",
                }).ToArray())),
        ];
        double[][] numbers = [.. texts.Select(_ => schema.Numeric.Select(_ => 1.5).ToArray())];

        (float[] scores, _, _) = model.Run(numbers, texts);

        float[,] expected = network.Forward(Encode(schema, numbers, texts, new TextVectorizer(vectors).Encode));
        foreach ((float own, float other) in expected.Cast<float>().Zip(scores))
        {
            Assert.InRange(other, own - 1e-6f, own + 1e-6f);
        }

        for (int row = 0; row < texts.Length; row += 7)
        {
            // The sum of a text's words does not depend on the longest text of the run, except for rounding.
            foreach ((float score, int unit) in model.Run([numbers[row]], [texts[row]]).Scores.Zip([0, 1, 2]))
            {
                AssertNear(scores[(3 * row) + unit], score);
            }
        }
    }

    [Fact]
    public void RowsRunTogetherWithoutAndWithFreeText()
    {
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        IReadOnlyList<TableColumn> columns = new RandomTable(7, 40).Schema.Columns;
        foreach (TableColumn[] more in new TableColumn[][] { [], [Text("note", vectors)] })
        {
            using var model = new TableModel(_directory, new TableSchema([.. columns, .. more]), vectors: vectors);
            using var session = OnnxSession.Open(model.Path);

            Assert.Null(new ModelRunner(session, []).RowObstacle);
        }
    }

    [Fact]
    public void EncodedFeaturesAreTheInputsOfTheNetworkThatIsReadBack()
    {
        TableSchema schema = new RandomTable(12, 6).Schema;
        var network = Network.Create(schema.Width, [new(4, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 4);
        using var model = new TableModel(_directory, schema, network);

        Network<float> read = OnnxModelFile.Load(model.Path).GetNetwork();

        Assert.Equal(schema.Sources.Count, read.Inputs);
        foreach ((DenseLayer<float> own, DenseLayer<float> other) in network.Layers.Zip(read.Layers))
        {
            Assert.Equal(own.Weights.ToArray(), other.Weights.ToArray());
            Assert.Equal((own.Name, own.Activation), (other.Name, other.Activation));
        }
    }

    [Fact]
    public void RowWithoutTheInputsOfTheGraphIsAnErrorThatListsTheColumns()
    {
        using var model = new TableModel(_directory, new TableSchema([Number("age"), Category("colour", "red")]));
        using var session = OnnxSession.Open(model.Path);

        ModelException error = Assert.Throws<ModelException>(() => new ModelRunner(session, []).Bind(
            new Dictionary<string, object?>(), value => value));

        Assert.Equal(ErrorIds.ModelTakesColumns, error.ErrorId);
        Assert.EndsWith(
            "also takes features: float [N, 1]; texts: string [N, 1], the values of the columns age (Number), "
            + "colour (Category). Specify a value for each input.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            ["age (Number)", "colour (Category)"],
            OnnxModelInspector.Open(model.Path).Info.Columns.Select(column => column.ToString()));
    }

    [Fact]
    public void LayersOfFreeTextAreListedButNotReadAsANetwork()
    {
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        TableSchema schema = new([Number("age"), Text("note", vectors)]);
        var network = Network.Create(schema.Width, [new(4, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 4);
        using var model = new TableModel(_directory, schema, network, vectors: vectors);
        var file = OnnxModelFile.Load(model.Path);

        Assert.Equal(
            [("dense", 1, 4, "ReLU"), ("dense_1", 4, 1, "Sigmoid")],
            file.GetDenseLayers().Select(layer => (layer.Name, layer.Inputs, layer.Units, layer.Activation)));
        FileFormatException error = Assert.Throws<FileFormatException>(() => file.GetNetwork());
        Assert.Equal(ErrorIds.ModelNotDense, error.ErrorId);
        Assert.Contains("free text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Culture", "Any")]
    public void OnnxsOwnCheckerAcceptsTheFile()
    {
        const string Script =
            """
            import onnx, sys
            onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)
            """;
        using var model = new TableModel(_directory, new RandomTable(7, 40).Schema);

        Assert.Equal((0, string.Empty), Programs.Python("onnx.checker", Script, model.Path));
    }

    [Fact]
    [Trait("Culture", "Any")]
    public async Task AnswersInNodeAreTheSame()
    {
        Programs.RequirePackage("onnxruntime-node", "tests", "node");
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        var table = new RandomTable(24, 12);
        TableSchema schema = new([.. table.Schema.Columns, Text("note", vectors)]);
        using var model = new TableModel(_directory, schema, vectors: vectors);
        string[] notes = ["green salad", "", "zzz", "salad 😀"];
        double[][] numbers = [.. Enumerable.Range(0, Rows).Select(_ => table.CreateNumbers())];
        string[][] texts =
        [
            .. Enumerable.Range(0, Rows).Select(row =>
                (string[])
                [
                    .. table.CreateTexts().Select(text => text.Replace('\0', ' ')), notes[row % 4],
                ]),
        ];
        (float[] scores, string[] labels, _) = model.Run(numbers, texts);

        using JsonDocument answer = await NodeScript.Run(
            "table.mjs",
            new
            {
                features = numbers.Select(row =>
                    row.Select(number => number.ToString("R", CultureInfo.InvariantCulture))),
                texts,
                type = schema.NeedsDouble ? "float64" : "float32",
            },
            model.Path);

        JsonElement other = answer.RootElement;
        Assert.Equal(labels, other.GetProperty("label").EnumerateArray().Select(item => item.GetString()));
        foreach ((float score, JsonElement item) in scores.Zip(other.GetProperty("probability").EnumerateArray()))
        {
            // JSON represents NaN as null.
            AssertNear(score, item.ValueKind == JsonValueKind.Null ? float.NaN : item.GetSingle());
        }
    }

    private static void AssertNear(float expected, float actual) => Assert.True(
        float.IsNaN(expected) ? float.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-6f, $"{expected} {actual}");

    private static TableColumn Number(string name) => new() { Name = name, Kind = ColumnKind.Number };

    private static TableColumn Category(string name, params string[] values) => new()
    {
        Name = name, Kind = ColumnKind.Category, Categories = [.. values.Select(text => new CategoryValue(text, 1))],
    };

    private static TableColumn Text(string name, WordVectorTable vectors) => new()
    {
        Name = name, Kind = ColumnKind.Text, Dimensions = vectors.Dimensions,
    };

    private static float[,] Encode(
        TableSchema schema, double[][] numbers, string[][] texts, TextEncoder? encoder = null)
    {
        float[,] features = new float[numbers.Length, schema.Width];
        for (int row = 0; row < numbers.Length; row++)
        {
            schema.Encode(numbers[row], texts[row], features.GetRowSpan(row), encoder);
        }

        return features;
    }

    private void AssertEncoding(string name, RandomTable table, int rows)
    {
        using var model = new TableModel(_directory, table.Schema);
        bool isPlain = model.Session.Outputs[^1].Name != "encoded";
        double[][] numbers = [.. Enumerable.Range(0, rows).Select(_ => table.CreateNumbers())];
        if (isPlain)
        {
            // Without gaps in the training rows, a missing number remains one.
            numbers = [.. numbers.Select(row => row.Select(number => double.IsNaN(number) ? 0 : number).ToArray())];
        }

        string[][] texts = [.. Enumerable.Range(0, rows).Select(_ => table.CreateTexts())];

        (_, _, float[] encoded) = model.Run(numbers, texts);

        float[] expected = [.. Encode(table.Schema, numbers, texts).Cast<float>()];
        Assert.Equal(expected.Length, encoded.Length);
        for (int i = 0; i < encoded.Length; i++)
        {
            bool isSame = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(encoded[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(encoded[i]));
            Assert.True(
                isSame,
                $"{name}, row {i / table.Schema.Width}, {table.Schema.Sources[i % table.Schema.Width]}: "
                    + $"{expected[i]:R} {encoded[i]:R}");
        }
    }
}
