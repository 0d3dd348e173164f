using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Tables;

/// <summary>
/// Builds the graph of a table model: numbers and texts of columns → features, as <see cref="TableSchema.Encode"/>
/// computes them → layers → answer.
/// </summary>
internal sealed class TableGraph
{
    /// <summary>The opset of ai.onnx.ml whose LabelEncoder maps strings to integers.</summary>
    public const int MachineLearningVersion = 2;

    private readonly TableSchema _schema;

    /// <summary>Creates a graph that has the inputs of a schema's columns and no nodes.</summary>
    /// <param name="name">The name that viewers show for the graph.</param>
    /// <param name="schema">The columns.</param>
    public TableGraph(string name, TableSchema schema)
    {
        _schema = schema;
        Graph = new GraphProto { Name = name };
        if (schema.Numeric.Count > 0)
        {
            DataType type = schema.NeedsDouble ? DataType.Double : DataType.Float;
            Graph.Input.Add(OnnxGraph.Value(OnnxNames.Features, type, schema.Numeric.Count));
        }

        if (schema.Textual.Count > 0)
        {
            Graph.Input.Add(OnnxGraph.Value(OnnxNames.Texts, DataType.String, schema.Textual.Count));
        }
    }

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; }

    /// <summary>
    /// Whether the columns are numbers that no training row lacks, so that standardising is all there is to do.
    /// </summary>
    public static bool IsPlain(TableSchema schema) => !schema.NeedsDouble && schema.Columns.All(column => column is
        { Kind: ColumnKind.Number or ColumnKind.Boolean, Missing: 0, HasMissingFeature: false });

    /// <summary>Adds the features of all columns but those of free text.</summary>
    /// <returns>The name of the features, [N, features]; null if there are none.</returns>
    public string? AddEncoding()
    {
        if (IsPlain(_schema))
        {
            return OnnxGraph.AddStandardization(
                Graph,
                [.. _schema.Numeric.Select(column => (float)column.Mean)],
                [.. _schema.Numeric.Select(column => (float)column.Scale)]);
        }

        string[] parts = [.. new NumericGraph(Graph, _schema).Add(), .. AddCategories()];
        return parts.Length == 0
            ? null
            : OnnxGraph.Add(Graph, "Concat", parts, OnnxNames.Encoded, OnnxGraph.Attribute("axis", 1));
    }

    /// <summary>Adds the outputs of a classifier, whose scores are in the graph as <c>probability</c>.</summary>
    /// <param name="units">The number of scores of a row.</param>
    /// <param name="labels">The names of the classes.</param>
    /// <param name="threshold">The minimum probability at which a single output means class 1.</param>
    public void AddAnswer(int units, IReadOnlyList<string> labels, float threshold)
    {
        Graph.Output.Add(OnnxGraph.Value(OnnxNames.Probability, DataType.Float, units));
        Graph.Output.Add(OnnxGraph.Value(OnnxNames.Label, DataType.String));
        string columns = OnnxGraph.Store(Graph, "answer/columns", [1L], 1);
        string number = AnswerGraph.AddClass(Graph, OnnxNames.Probability, columns, units, threshold);

        // Infinite numbers may give NaN, which is a probability of no class.
        string sum = OnnxGraph.Add(
            Graph,
            "ReduceSum",
            [OnnxNames.Probability, columns],
            "answer/sum",
            OnnxGraph.Attribute("keepdims", 0));
        string isNumber = OnnxGraph.Add(Graph, "Equal", [sum, sum], "answer/is_number");
        AnswerGraph.AddLabel(Graph, isNumber, number, labels);
    }

    /// <summary>Adds the output of a regressor, whose numbers are in the graph as <c>prediction</c>.</summary>
    /// <param name="units">The number of numbers of a row.</param>
    public void AddPrediction(int units) =>
        Graph.Output.Add(OnnxGraph.Value(OnnxNames.Prediction, DataType.Float, units));

    private IEnumerable<string> AddCategories()
    {
        if (!_schema.Textual.Any(column => column is { Kind: ColumnKind.Category, Width: > 0 }))
        {
            yield break;
        }

        string values = OnnxGraph.Store(Graph, "category/values", [0f, 1f], 2);
        for (int i = 0; i < _schema.Textual.Count; i++)
        {
            if (_schema.Textual[i] is { Kind: ColumnKind.Category, Width: > 0 } column)
            {
                yield return AddCategory(column, i, values);
            }
        }
    }

    // An unknown text has the number after the last category, for which OneHot has zeros only.
    private string AddCategory(TableColumn column, int place, string values)
    {
        string name = FormattableString.Invariant($"category/{place}");
        string index = OnnxGraph.Store(Graph, $"{name}/column", [(long)place]);
        string text = OnnxGraph.Add(
            Graph, "Gather", [OnnxNames.Texts, index], $"{name}/text", OnnxGraph.Attribute("axis", 1));
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int i = 0; i < column.Categories.Count; i++)
        {
            numbers.TryAdd(column.Categories[i].Value, i);
        }

        int missing = TableSchema.FindCategory(column, string.Empty);
        numbers[string.Empty] = missing < 0 ? column.Width : missing;

        string number = AnswerGraph.AddEncoder(
            Graph, numbers.Keys, numbers.Values, text, $"{name}/number", column.Width);
        string width = OnnxGraph.Store(Graph, $"{name}/width", [(long)column.Width], 1);
        return OnnxGraph.Add(Graph, "OneHot", [number, width, values], $"{name}/features");
    }
}
