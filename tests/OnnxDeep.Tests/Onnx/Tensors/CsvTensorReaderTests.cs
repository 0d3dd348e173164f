using System.Globalization;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Onnx.Tensors;

public sealed class CsvTensorReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("1,2\n3,4\n", "1 2 3 4", 2)]
    [InlineData("a,b\n1,2\n", "1 2", 2)]
    [InlineData("a;b\n1;2\n3;4\n", "1 2 3 4", 2)]
    [InlineData("a\tb\r\n1\t2\r\n", "1 2", 2)]
    [InlineData("a\n1\n2\n", "1 2", 1)]
    [InlineData("1\r2\r", "1 2", 1)]
    [InlineData("\uFEFF1,2\n", "1 2", 2)]
    [InlineData("0,1,2\n5.1,3.5,1.4\n", "0 1 2 5.1 3.5 1.4", 3)]
    [InlineData("inf,1\n-inf,nan\n", "Infinity 1 -Infinity NaN", 2)]
    [InlineData("a,b\nTrue,False\nfalse,TRUE\n", "1 0 0 1", 2)]
    [InlineData("#TYPE System.Object\n\"a\",\"b\"\n\"1\",\"2\"\n", "1 2", 2)]
    [InlineData("# a b\n1 \n", "1", 1)]
    [InlineData("\"a\nb\", \"c\"\n\n \"1\" ,2\n", "1 2", 2)]
    [InlineData("price,n\n\"1,500\",1\n\"12,000.5\",2\n", "1500 1 12000.5 2", 2)]
    public void NumbersAreRead(string text, string expected, int columns)
    {
        OnnxTensor tensor = Read(text);

        Assert.Equal(columns, tensor.Shape[1]);
        Assert.Equal(expected, ToText(tensor));
    }

    [Theory]
    [InlineData("5.1,NA,1.4\n4.9,3.0,1.4\n", 1, "'NA' in column 2")]
    [InlineData("NA,NA\n1,2\n", 1, "'NA' in column 1")]
    [InlineData("1,,3\n4,5,6\n", 1, "'' in column 2")]
    [InlineData("1,2,x3\n4,5,6\n", 1, "'x3' in column 3")]
    [InlineData("a,b\n\n\n1,2\n\n3,x\n", 6, "'x' in the column 'b'")]
    [InlineData("a,b\n1,\"2\n\"\n3,x\n", 4, "'x' in the column 'b'")]
    [InlineData("x,y\n1;2,3\n4;5,6\n", 2, "'1;2' in the column 'x'")]
    [InlineData("a,b,c,d\n1,2,3\n", 2, "has 3 values, but the header has 4")]
    [InlineData("a,b\n1,2,3\n4,5,6\n", 2, "has 3 values, but the header has 2")]
    [InlineData("1,2\n3\n", 2, "has 1 value, but the first line has 2")]
    [InlineData("1,\"2\n3\n", 1, "unclosed quotation mark")]
    [InlineData("1,2\n1,\"2\"3\n", 2, "after a closing quotation mark")]
    public void BadLinesAreNamed(string text, int line, string problem)
    {
        FileFormatException error = Assert.Throws<FileFormatException>(() => Read(text));

        Assert.Equal((ErrorIds.TensorInvalid, line), (error.ErrorId, error.Line));
        Assert.Contains($"line {line} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5\n2\n", OnnxElementType.Int64, "'1.5'")]
    [InlineData("300,1\n2,3\n", OnnxElementType.UInt8, "'300' in column 1, which is beyond the range of uint8")]
    [InlineData("2,1\n0,1\n", OnnxElementType.Bool, "'2'")]
    public void AFirstLineOfAnotherTypeIsNotAHeader(string text, OnnxElementType type, string wrong)
    {
        FileFormatException error = Assert.Throws<FileFormatException>(
            () => Read(text, new TextTableFormat { ElementType = type }));

        Assert.Equal(1, error.Line);
        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a;b\n1,5;2,5\n3,2;4,1\n", "1.5 2.5 3.2 4.1", "line 2 has '1,5' in the column 'a'")]
    [InlineData("1,5;2,5\n3,2;4,1\n", "1.5 2.5 3.2 4.1", "line 1 has '1,5' in column 1")]
    [InlineData("a;b\n1,5;2,5\n3,25;4\n", "1.5 2.5 3.25 4", "line 2 has '1,5' in the column 'a'")]
    [InlineData("a;b\n1,500;2\n0,250;4\n", "1.5 2 0.25 4", "line 3 has '0,250' in the column 'a'")]
    [InlineData("a;b\n1,500;2\n2500;4\n", "1.5 2 2500 4", "line 2 has '1,500' in the column 'a'")]
    [InlineData("1,5\n2,5\n", "1.5 2.5", null)]
    public void DecimalCommasNeedTheCulture(string text, string expected, string? problem)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        Assert.Equal(expected, ToText(Read(text, new TextTableFormat { Culture = culture })));

        if (problem is not null)
        {
            FileFormatException error = Assert.Throws<FileFormatException>(() => Read(text));
            Assert.Equal(ErrorIds.NumberAmbiguous, error.ErrorId);
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheHeaderIsThatOfTheCaller()
    {
        Assert.Equal("5.1 3.5", ToText(Read("0,1\n5.1,3.5\n", new TextTableFormat { HasHeader = true })));
        Assert.Equal(
            ErrorIds.TensorInvalid,
            Assert.Throws<FileFormatException>(
                () => Read("a,b\n1,2\n", new TextTableFormat { HasHeader = false })).ErrorId);
        var texts = new TextTableFormat { ElementType = OnnxElementType.String };
        Assert.Equal("a b 1 2", ToText(Read("a,b\n1,2\n", texts)));
        Assert.Equal("1 2", ToText(Read("a,b\n1,2\n", texts with { HasHeader = true })));
    }

    [Fact]
    public void TextsKeepTheirSpacesQuotesAndLines()
    {
        var texts = new TextTableFormat { ElementType = OnnxElementType.String };

        OnnxTensor tensor = Read("text,label\r\nHello; world,x\r\n\"a \"\"b\"\"\r\nc\", d\r\n", texts);

        Assert.Equal(["text", "label", "Hello; world", "x", "a \"b\"\r\nc", " d"], tensor.Strings);
    }

    [Fact]
    public void TwoDelimitersOfTextsAreNotGuessed()
    {
        const string Text = "a;b,c\nd;e,f\n";
        var texts = new TextTableFormat { ElementType = OnnxElementType.String };

        Assert.Contains(
            "';' and ','",
            Assert.Throws<FileFormatException>(() => Read(Text, texts)).Message,
            StringComparison.Ordinal);
        Assert.Equal(["a;b", "c", "d;e", "f"], Read(Text, texts with { Delimiter = ',' }).Strings);
        Assert.Equal("1 2", ToText(Read("1|2\n", new TextTableFormat { Delimiter = '|' })));
    }

    [Theory]
    [InlineData("bool.csv", "1 0 0 1")]
    [InlineData("inf_np.csv", "Infinity 1 -Infinity NaN")]
    [InlineData("types.csv", "1 2")]
    [InlineData("u8first.csv", "300 1 2 3")]
    [InlineData("eu.csv", null)]
    [InlineData("eu_nohdr.csv", null)]
    [InlineData("hdr_long.csv", null)]
    [InlineData("hdr_short.csv", null)]
    [InlineData("mixsep.csv", null)]
    public void FilesOfOtherProgramsAreReadOrRefused(string name, string? expected)
    {
        string path = Fixtures.Find("field", "csv", name);

        if (expected is null)
        {
            Assert.Throws<FileFormatException>(() => CsvTensorReader.Read(path, new TextTableFormat()));
        }
        else
        {
            Assert.Equal(expected, ToText(CsvTensorReader.Read(path, new TextTableFormat())));
        }
    }

    private static string ToText(OnnxTensor tensor) => string.Join(
        ' ', tensor.ToArray().Cast<IConvertible>().Select(item => item.ToString(CultureInfo.InvariantCulture)));

    private OnnxTensor Read(string text, TextTableFormat? format = null) => (OnnxTensor)TensorFile.Read(
        _directory.Write("table.csv", text), OnnxTypeKind.Tensor, format ?? new TextTableFormat()).Single();
}
