using OnnxDeep.Inference.Conversion;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Tables;

/// <summary>What is done with any model is also done with those of tables.</summary>
public sealed class TableModelToolsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(WeightFormat.Float16, 0.01)]
    [InlineData(WeightFormat.Int8Dynamic, 0.1)]
    public void WeightsInOtherFormatsGiveAboutTheSameAnswers(WeightFormat format, double most)
    {
        using TableModel model = CreateModel();
        string path = _directory.File("converted.onnx");

        ModelConversion conversion = ModelConversionRun.Convert(
            model.Path, path, new ConversionSettings { To = format });

        Assert.Equal(2, conversion.Layers);
        Assert.Empty(conversion.Skipped);
        Assert.InRange(conversion.MaxAbsoluteError!.Value, 1e-9, most);
        using var session = OnnxSession.Open(path);
        Assert.Equal(["probability", "label"], session.Outputs.Select(output => output.Name));

        // Each run rounds the activations by the largest of its rows.
        Assert.Equal(format == WeightFormat.Float16, session.KeepsRowsApart("probability", "label"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ColumnsAreNotTakenForTheNumbersOfAVector(bool allowsOtherVectors)
    {
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        TableSchema schema = new(
        [
            .. Enumerable.Range(0, vectors.Dimensions).Select(number => new TableColumn
            {
                Name = $"column {number}", Kind = ColumnKind.Number,
            }),
        ]);
        using var model = new TableModel(_directory, schema);

        OnnxDeepException[] errors =
        [
            Assert.ThrowsAny<OnnxDeepException>(
                () => WordClassifier.Open(model.Path, vectors.Path, allowsOtherVectors: allowsOtherVectors)),
            Assert.ThrowsAny<OnnxDeepException>(
                () => WordModelSource.Open(OnnxModelFile.Load(model.Path), vectors.Path, allowsOtherVectors)),
        ];

        Assert.All(errors, error => Assert.Equal(ErrorIds.ModelTakesColumns, error.ErrorId));
    }

    [Fact]
    public void OptimizedGraphGivesTheSameAnswers()
    {
        using TableModel model = CreateModel();

        ModelConversion conversion = ModelConversionRun.Convert(
            model.Path,
            _directory.File("converted.onnx"),
            new ConversionSettings { Optimization = GraphOptimization.Extended });

        Assert.InRange(conversion.MaxAbsoluteError!.Value, 0, 1e-6);
    }

    private TableModel CreateModel()
    {
        using WordVectorTable vectors = TableModel.CreateVectors(_directory);
        TableSchema schema = new(
        [
            new TableColumn { Name = "age", Kind = ColumnKind.Number, Missing = 1, HasMissingFeature = true },
            new TableColumn
            {
                Name = "colour", Kind = ColumnKind.Category, Categories = [new("red", 2), new("blue", 1)],
            },
            new TableColumn { Name = "since", Kind = ColumnKind.Date, DateParts = (DateParts)15, Scale = 1e6 },
            new TableColumn { Name = "note", Kind = ColumnKind.Text, Dimensions = vectors.Dimensions },
        ]);
        var network = Network.Create(schema.Width, [new(8, Activation.ReLU), new(3, Activation.Softmax)], seed: 3);
        return new TableModel(_directory, schema, network, metadata: null, vectors);
    }
}
