using System.Globalization;
using System.Text;
using System.Text.Json;

using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Onnx.Metadata;

/// <summary>What a model file says about itself in its metadata_props, so users need no other file.</summary>
public sealed record ModelMetadata
{
    /// <summary>The task of a model that takes word vectors.</summary>
    public const string WordClassification = "word-classification";

    /// <summary>The task of a model that takes plain numbers.</summary>
    public const string Classification = "classification";

    /// <summary>The task of a model that predicts numbers.</summary>
    public const string Regression = "regression";

    /// <summary>The label of a word without a vector, whatever the classes are called.</summary>
    public const string UnknownLabel = "unknown";

    private const float DefaultThreshold = 0.5f;

    private const string TaskKey = "task";
    private const string LabelsKey = "labels";
    private const string ThresholdKey = "threshold";
    private const string SeedKey = "seed";
    private const string TrainingKey = "training";
    private const string MetricsKey = "metrics";
    private const string VectorsNameKey = "vectors_name";
    private const string VectorsSha256Key = "vectors_sha256";
    private const string VectorsContentSha256Key = "vectors_content_sha256";
    private const string FoldedKey = "folded";
    private const string LabelNameKey = "label_name";
    private const string ColumnsKey = "columns";

    /// <summary>The task, such as <see cref="WordClassification"/>.</summary>
    public string? Task { get; init; }

    /// <summary>
    /// The class names by index; a single output has two classes, below the threshold and from the threshold up.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The minimum probability at which a single output means class 1.</summary>
    public float Threshold { get; init; } = DefaultThreshold;

    /// <summary>The seed for the weights and the training.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The training options by name.</summary>
    public IReadOnlyDictionary<string, string> Training { get; init; } = new Dictionary<string, string>();

    /// <summary>The final metrics by name.</summary>
    public IReadOnlyDictionary<string, string> Metrics { get; init; } = new Dictionary<string, string>();

    /// <summary>The vector table that the model was trained with.</summary>
    public string? VectorsName { get; init; }

    /// <summary>SHA-256 of the table's file, in hex.</summary>
    public string? VectorsSha256 { get; init; }

    /// <summary>SHA-256 of the table's tensors, in hex; the table stores it, so comparing it costs nothing.</summary>
    public string? VectorsContentSha256 { get; init; }

    /// <summary>
    /// For a model that takes text, the facts about the table folded into it, by name; empty for a model that takes
    /// vectors.
    /// </summary>
    public IReadOnlyDictionary<string, string> Folded { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of the column that the model predicts.</summary>
    public string? LabelName { get; init; }

    /// <summary>The columns that a model of a table takes; null for other models.</summary>
    public TableSchema? Table { get; init; }

    /// <summary>
    /// Reads the metadata of a model; properties that are missing, or in the format of another program, keep their
    /// defaults.
    /// </summary>
    public static ModelMetadata FromProperties(IReadOnlyDictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        bool hasThreshold = float.TryParse(
            properties.GetValueOrDefault(ThresholdKey),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out float threshold);
        bool hasSeed = ulong.TryParse(
            properties.GetValueOrDefault(SeedKey), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed);
        return new ModelMetadata
        {
            Task = properties.GetValueOrDefault(TaskKey),
            Labels = ReadJson(properties.GetValueOrDefault(LabelsKey), ReadList) ?? [],
            Threshold = hasThreshold && threshold is >= 0 and <= 1 ? threshold : DefaultThreshold,
            Seed = hasSeed ? seed : null,
            Training = ReadJson(properties.GetValueOrDefault(TrainingKey), ReadPairs) ?? [],
            Metrics = ReadJson(properties.GetValueOrDefault(MetricsKey), ReadPairs) ?? [],
            VectorsName = properties.GetValueOrDefault(VectorsNameKey),
            VectorsSha256 = properties.GetValueOrDefault(VectorsSha256Key),
            VectorsContentSha256 = properties.GetValueOrDefault(VectorsContentSha256Key),
            Folded = ReadJson(properties.GetValueOrDefault(FoldedKey), ReadPairs) ?? [],
            LabelName = properties.GetValueOrDefault(LabelNameKey),
            Table = ReadJson(properties.GetValueOrDefault(ColumnsKey), TableJson.Read),
        };
    }

    /// <summary>
    /// The class names for a number of outputs: those in the model, otherwise the class indices from 0.
    /// </summary>
    /// <param name="units">The number of outputs of a row; a single output has two classes.</param>
    public IReadOnlyList<string> GetLabels(int units)
    {
        int classes = Math.Max(2, units);
        return Labels.Count == classes
            ? Labels
            : [.. Enumerable.Range(0, classes).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>The names of the features that a network takes, if they are those of the table's columns.</summary>
    /// <param name="inputs">The number of features; those of free text, which come last, may be left out.</param>
    /// <returns>A name for each feature; empty if they are unknown.</returns>
    internal IReadOnlyList<FeatureSource> GetFeatures(int inputs) => Table is TableSchema table && inputs <= table.Width
        ? [.. table.Sources.Take(inputs)]
        : [];

    /// <summary>The pairs to store, in a fixed order; unknown values are omitted.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToProperties()
    {
        var pairs = new List<KeyValuePair<string, string>>();
        Add(TaskKey, Task);
        Add(LabelsKey, Labels.Count == 0 ? null : WriteList(Labels));
        Add(ThresholdKey, Threshold.ToString(CultureInfo.InvariantCulture));
        Add(SeedKey, Seed?.ToString(CultureInfo.InvariantCulture));
        Add(TrainingKey, Training.Count == 0 ? null : WritePairs(Training));
        Add(MetricsKey, Metrics.Count == 0 ? null : WritePairs(Metrics));
        Add(VectorsNameKey, VectorsName);
        Add(VectorsSha256Key, VectorsSha256);
        Add(VectorsContentSha256Key, VectorsContentSha256);
        Add(FoldedKey, Folded.Count == 0 ? null : WritePairs(Folded));
        Add(LabelNameKey, LabelName);
        Add(ColumnsKey, Table is null ? null : Write(writer => TableJson.Write(writer, Table)));
        return pairs;

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                pairs.Add(new(key, value));
            }
        }
    }

    private static T? ReadJson<T>(string? json, Func<string, T> read)
        where T : class
    {
        try
        {
            return json is null ? null : read(json);
        }
        catch (Exception e) when (
            e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    // A plain reader: a document or a serializer takes longer to start than a complete classification.
    private static List<string> ReadList(string json)
    {
        var list = new List<string>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(reader.GetString() ?? string.Empty);
        }

        return list;
    }

    private static Dictionary<string, string> ReadPairs(string json)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            pairs[key] = reader.GetString()!;
        }

        return pairs;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new FormatException($"The model's metadata has {reader.TokenType} instead of {token}.");
        }
    }

    private static string WriteList(IReadOnlyList<string> list) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (string item in list)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    });

    private static string WritePairs(IReadOnlyDictionary<string, string> pairs) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach ((string key, string value) in pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
