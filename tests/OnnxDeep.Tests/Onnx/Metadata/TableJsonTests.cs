using System.Reflection;

using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Metadata;

namespace OnnxDeep.Tests.Onnx.Metadata;

public sealed class TableJsonTests
{
    private static readonly TableColumn s_full = new()
    {
        Name = "größe \"x\"\n",
        Kind = ColumnKind.Date,
        Missing = 3,
        Fill = 2319.5,
        Mean = 1e9 + 0.1,
        Scale = 1.0 / 3,
        Minimum = -0.0,
        Maximum = double.MaxValue,
        NeedsDouble = true,
        HasMissingFeature = true,
        DateParts = DateParts.Trend | DateParts.DayCycle,
        Categories = [new("007", 2), new("7", 0), new("NA", 5), new("\U0001F600", 1)],
        IsHashed = true,
        Format = "dd/MM/yyyy",
        Culture = "de-DE",
    };

    [Fact]
    public void EveryPropertyOfAColumnIsReadAsItWasWritten()
    {
        TableColumn text = new() { Name = "note", Kind = ColumnKind.Text, Dimensions = 300 };
        TableColumn plain = new() { Name = "b", Kind = ColumnKind.Boolean };
        ModelMetadata read = RoundTrip(
            new ModelMetadata { LabelName = "churned", Table = new TableSchema([s_full, text, plain]) });

        Assert.Equal("churned", read.LabelName);
        Assert.Equal(3, read.Table!.Columns.Count);
        foreach ((TableColumn written, TableColumn back) in new[] { s_full, text, plain }.Zip(read.Table.Columns))
        {
            foreach (PropertyInfo property in typeof(TableColumn).GetProperties())
            {
                Assert.Equal(property.GetValue(written), property.GetValue(back));
            }
        }
    }

    [Fact]
    public void DefaultsAreNotWritten()
    {
        var metadata = new ModelMetadata { Table = new TableSchema([new() { Name = "a", Kind = ColumnKind.Number }]) };

        Assert.Equal(
            """[{"name":"a","kind":"number"}]""",
            metadata.ToProperties().Single(property => property.Key == "columns").Value);
        Assert.DoesNotContain(metadata.ToProperties(), property => property.Key == "label_name");
        Assert.DoesNotContain(new ModelMetadata().ToProperties(), property => property.Key == "columns");
    }

    [Fact]
    public void PropertiesOfALaterVersionAreIgnored() =>
        Assert.Equal("a", Read("""[{"name":"a","later":{"x":[1]},"kind":"number"}]""")!.Columns[0].Name);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[{")]
    [InlineData("""[{"name":"a","kind":"number"}""")]
    [InlineData("""[{"name":"a","kind":"number"}] 1""")]
    [InlineData("""[{"name":"a","kind":"number"},1]""")]
    [InlineData("""[{"name":"a"}]""")]
    [InlineData("""[{"name":"","kind":"number"}]""")]
    [InlineData("""[{"name":"a","kind":"other"}]""")]
    [InlineData("""[{"name":"a","kind":1}]""")]
    [InlineData("""[{"name":"a","kind":"number"},{"name":"A","kind":"number"}]""")]
    [InlineData("""[{"name":"a","kind":"number","scale":0}]""")]
    [InlineData("""[{"name":"a","kind":"number","mean":1e999}]""")]
    [InlineData("""[{"name":"a","kind":"number","mean":"NaN"}]""")]
    [InlineData("""[{"name":"a","kind":"number","missing":-1}]""")]
    [InlineData("""[{"name":"a","kind":"number","missing":1e30}]""")]
    [InlineData("""[{"name":"a","kind":"number","needs_double":1}]""")]
    [InlineData("""[{"name":"a","kind":"date","date_parts":16}]""")]
    [InlineData("""[{"name":"a","kind":"text"}]""")]
    [InlineData("""[{"name":"a","kind":"text","dimensions":2147483647}]""")]
    [InlineData("""[{"name":"a","kind":"number","dimensions":3}]""")]
    [InlineData("""[{"name":"a","kind":"category","categories":["x"],"counts":[]}]""")]
    [InlineData("""[{"name":"a","kind":"category","categories":["x","x"],"counts":[1,1]}]""")]
    [InlineData("""[{"name":"a","kind":"category","categories":[""],"counts":[1]}]""")]
    [InlineData("""[{"name":"a","kind":"category","categories":"x","counts":[1]}]""")]
    [InlineData("""[{"name":"\ud800","kind":"number"}]""")]
    public void BrokenColumnsAreNone(string json) => Assert.Null(Read(json));

    [Fact]
    public void SizesThatNoTableHasAreNotAllocated()
    {
        string texts = string.Join(',', Enumerable.Range(0, 20).Select(
            number => $$"""{"name":"t{{number}}","kind":"text","dimensions":65536}"""));
        string name = new('n', 1 << 20);
        string categories = string.Join(',', Enumerable.Range(0, 100).Select(number => $"\"{number}\""));
        string counts = string.Join(',', Enumerable.Repeat(1, 100));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(Read($"[{texts}]"));
        Assert.Null(Read(
            $$"""[{"name":"{{name}}","kind":"category","categories":[{{categories}}],"counts":[{{counts}}]}]"""));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 25);
    }

    private static TableSchema? Read(string json) =>
        ModelMetadata.FromProperties(new Dictionary<string, string> { ["columns"] = json }).Table;

    private static ModelMetadata RoundTrip(ModelMetadata metadata) =>
        ModelMetadata.FromProperties(metadata.ToProperties().ToDictionary());
}
