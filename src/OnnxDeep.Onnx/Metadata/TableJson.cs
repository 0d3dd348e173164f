using System.Text;
using System.Text.Json;

using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Onnx.Metadata;

/// <summary>
/// The columns of a table as JSON: a list of objects, each with a name and a kind, and those of the other properties of
/// <see cref="TableColumn"/> that do not have their defaults.
/// </summary>
internal static class TableJson
{
    private const int MostDimensions = 1 << 16;
    private const long MostNameCharacters = 1 << 26;

    private static readonly (string Name, ColumnKind Kind)[] s_kinds =
    [
        ("number", ColumnKind.Number), ("boolean", ColumnKind.Boolean), ("category", ColumnKind.Category),
        ("date", ColumnKind.Date), ("text", ColumnKind.Text),
    ];

    /// <summary>Writes the columns.</summary>
    public static void Write(Utf8JsonWriter writer, TableSchema table)
    {
        writer.WriteStartArray();
        foreach (TableColumn column in table.Columns)
        {
            writer.WriteStartObject();
            Write(writer, column);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads the columns; memory is bounded by the length of the text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A value has another type.</exception>
    /// <exception cref="FormatException">A value is not valid.</exception>
    /// <exception cref="ArgumentException">The columns are not valid together.</exception>
    public static TableSchema Read(string json)
    {
        var columns = new List<TableColumn>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Check(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            columns.Add(ReadColumn(ref reader));
        }

        Check(reader.TokenType == JsonTokenType.EndArray && !reader.Read());
        Check(columns.Sum(column => (long)column.Name.Length * (column.Width + 1L)) <= MostNameCharacters);
        return new TableSchema(columns);
    }

    private static void Write(Utf8JsonWriter writer, TableColumn column)
    {
        writer.WriteString("name", column.Name);
        writer.WriteString("kind", Array.Find(s_kinds, kind => kind.Kind == column.Kind).Name);
        WriteNumber(writer, "missing", column.Missing, 0);
        WriteNumber(writer, "fill", column.Fill, 0);
        WriteNumber(writer, "mean", column.Mean, 0);
        WriteNumber(writer, "scale", column.Scale, 1);
        WriteNumber(writer, "minimum", column.Minimum, 0);
        WriteNumber(writer, "maximum", column.Maximum, 0);
        WriteFlag(writer, "needs_double", column.NeedsDouble);
        WriteFlag(writer, "missing_feature", column.HasMissingFeature);
        WriteNumber(writer, "date_parts", (int)column.DateParts, 0);
        WriteNumber(writer, "dimensions", column.Dimensions, 0);
        WriteText(writer, "format", column.Format);
        WriteText(writer, "culture", column.Culture);
        WriteFlag(writer, "hashed", column.IsHashed);
        if (column.Categories.Count > 0)
        {
            WriteCategories(writer, column.Categories);
        }
    }

    private static void WriteCategories(Utf8JsonWriter writer, IReadOnlyList<CategoryValue> categories)
    {
        // Lists, because some languages sort the keys of objects.
        writer.WriteStartArray("categories");
        foreach (CategoryValue category in categories)
        {
            writer.WriteStringValue(category.Value);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("counts");
        foreach (CategoryValue category in categories)
        {
            writer.WriteNumberValue(category.Count);
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string key, double value, double standard)
    {
        if (!value.Equals(standard))
        {
            writer.WriteNumber(key, value);
        }
    }

    private static void WriteFlag(Utf8JsonWriter writer, string key, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(key, value);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string key, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(key, value);
        }
    }

    private static TableColumn ReadColumn(ref Utf8JsonReader reader)
    {
        string name = string.Empty;
        ColumnKind? kind = null;
        var column = new TableColumn { Name = name, Kind = ColumnKind.Number };
        List<string> categories = [];
        List<int> counts = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Check(reader.Read());
            switch (key)
            {
                case "name":
                    name = reader.GetString() ?? string.Empty;
                    break;
                case "kind":
                    string? text = reader.GetString();
                    kind = Array.Exists(s_kinds, known => known.Name == text)
                        ? Array.Find(s_kinds, known => known.Name == text).Kind
                        : null;
                    break;
                case "categories":
                    categories = ReadTexts(ref reader);
                    break;
                case "counts":
                    counts = ReadCounts(ref reader);
                    break;
                default:
                    column = ReadValue(ref reader, column, key);
                    break;
            }
        }

        Check(name.Length > 0 && kind is not null && categories.Count == counts.Count);
        column = column with
        {
            Name = name,
            Kind = kind!.Value,
            Categories = [.. categories.Zip(counts, (value, count) => new CategoryValue(value, count))],
        };
        Validate(column);
        return column;
    }

    private static TableColumn ReadValue(ref Utf8JsonReader reader, TableColumn column, string key)
    {
        switch (key)
        {
            case "missing":
                return column with { Missing = reader.GetInt32() };
            case "fill":
                return column with { Fill = reader.GetDouble() };
            case "mean":
                return column with { Mean = reader.GetDouble() };
            case "scale":
                return column with { Scale = reader.GetDouble() };
            case "minimum":
                return column with { Minimum = reader.GetDouble() };
            case "maximum":
                return column with { Maximum = reader.GetDouble() };
            case "needs_double":
                return column with { NeedsDouble = reader.GetBoolean() };
            case "missing_feature":
                return column with { HasMissingFeature = reader.GetBoolean() };
            case "date_parts":
                return column with { DateParts = (DateParts)reader.GetInt32() };
            case "dimensions":
                return column with { Dimensions = reader.GetInt32() };
            case "format":
                return column with { Format = reader.GetString() };
            case "culture":
                return column with { Culture = reader.GetString() };
            case "hashed":
                return column with { IsHashed = reader.GetBoolean() };
            default:
                // Of a later version.
                reader.Skip();
                return column;
        }
    }

    private static void Validate(TableColumn column)
    {
        const DateParts AllParts = DateParts.Trend | DateParts.YearCycle | DateParts.Weekday | DateParts.DayCycle;
        Check(column.Missing >= 0 && column.Scale > 0);
        Check(Array.TrueForAll(
            [column.Fill, column.Mean, column.Scale, column.Minimum, column.Maximum], double.IsFinite));
        Check((column.DateParts & ~AllParts) == 0);
        Check(column.Kind == ColumnKind.Text ? column.Dimensions is > 0 and <= MostDimensions : column.Dimensions == 0);
        Check(column.Categories.All(category => category is { Value.Length: > 0, Count: >= 0 }));
        Check(column.Categories.DistinctBy(category => category.Value).Count() == column.Categories.Count);
    }

    private static List<string> ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        Check(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(reader.GetString() ?? string.Empty);
        }

        return texts;
    }

    private static List<int> ReadCounts(ref Utf8JsonReader reader)
    {
        var counts = new List<int>();
        Check(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            counts.Add(reader.GetInt32());
        }

        return counts;
    }

    private static void Check(bool isValid)
    {
        if (!isValid)
        {
            throw new FormatException("The model's metadata has columns that are not valid.");
        }
    }
}
