using System.Globalization;
using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Numerics;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData(" -2e-3\t", -0.002)]
    [InlineData("+.5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    public void InvariantNumbersAreRead(string text, double expected) =>
        Assert.Equal((NumberKind.Number, expected), Read(text));

    [Theory]
    [InlineData("1kb")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("$5")]
    [InlineData("5%")]
    [InlineData("1.234.567")]
    [InlineData("1 000")]
    [InlineData("Smith, John")]
    [InlineData("48.1,11.6")]
    [InlineData(",")]
    [InlineData("e5")]
    [InlineData("(5)")]
    [InlineData("٣")]
    public void OtherTextsAreNotNumbers(string text) => Assert.Equal(NumberKind.Text, Read(text).Kind);

    [Theory]
    [InlineData("1,500", 1500)]
    [InlineData("-12,345,678.5", -12_345_678.5)]
    [InlineData("1,000e3", 1_000_000)]
    public void CommasBetweenGroupsOfThreeDigitsAreGroupMarks(string text, double expected) =>
        Assert.Equal((NumberKind.Grouped, expected), Read(text));

    [Theory]
    [InlineData("1,5")]
    [InlineData("0,05")]
    [InlineData("0,125")]
    [InlineData(",5")]
    [InlineData("1.234,5")]
    [InlineData("1 234,5")]
    [InlineData("12,34,567")]
    [InlineData("1234,567")]
    [InlineData("1,5e3")]
    [InlineData("1,")]
    public void OtherCommasHaveNoClearFormat(string text) => Assert.Equal(NumberKind.Ambiguous, Read(text).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("NA")]
    [InlineData("N/A")]
    [InlineData("null")]
    [InlineData("None")]
    [InlineData(null)]
    public void MarksOfMissingValuesAreKnown(string? text) => Assert.Equal(NumberKind.Missing, Read(text).Kind);

    [Fact]
    public void ValuesOfEveryNumericTypeAreNumbers()
    {
        object[] values =
        [
            (sbyte)5, (byte)5, (short)5, (ushort)5, 5, 5u, 5L, 5ul, 5f, 5.0, 5m, (Half)5,
            new System.Numerics.BigInteger(5), '5', "5",
        ];

        Assert.All(values, value => Assert.Equal((NumberKind.Number, 5.0), Read(value)));
        Assert.Equal((NumberKind.Boolean, 1.0), Read(true));
        Assert.Equal((NumberKind.Boolean, 0.0), Read("FALSE"));
        Assert.Equal(NumberKind.Other, Read(DateTime.UnixEpoch).Kind);
        Assert.Equal(NumberKind.Other, Read(DayOfWeek.Friday).Kind);
    }

    [Theory]
    [InlineData("1,5", ",", ".", 1.5)]
    [InlineData("-1.234.567,89", ",", ".", -1_234_567.89)]
    [InlineData("1 234,5", ",", "\u202F", 1234.5)]
    [InlineData("1'234.5", ".", "\u2019", 1234.5)]
    [InlineData("2,5e-3", ",", ".", 0.0025)]
    [InlineData("5", ",", ".", 5)]
    [InlineData("NaN", ",", ".", double.NaN)]
    public void ACultureHasItsOwnMarks(string text, string point, string group, double expected) =>
        Assert.Equal((NumberKind.Number, expected), Read(text, Culture(point, group)));

    [Theory]
    [InlineData("1.5", "Ambiguous")]
    [InlineData("1.2345", "Ambiguous")]
    [InlineData("12345.678,9", "Ambiguous")]
    [InlineData("1.500.00", "Ambiguous")]
    [InlineData("abc", "Text")]
    [InlineData("", "Missing")]
    public void GroupsOfTheWrongSizeAreNotDropped(string text, string expected) =>
        Assert.Equal(expected, $"{Read(text, Culture(",", ".")).Kind}");

    [Fact]
    public void GroupsHaveTheSizesOfTheCulture()
    {
        CultureInfo culture = Culture(".", ",");
        culture.NumberFormat.NumberGroupSizes = [3, 2];

        Assert.Equal((NumberKind.Number, 1_234_567.0), Read("12,34,567", culture));
        Assert.Equal(NumberKind.Ambiguous, Read("1,234,567", culture).Kind);
    }

    [Theory]
    [InlineData("1,500 2,500 999 0.5", null)]
    [InlineData("1,500 2500", "1,500")]
    [InlineData("2500 1,500", "1,500")]
    [InlineData("1,500 2,5", "2,5")]
    [InlineData("1,500 0,500", "0,500")]
    [InlineData("2500 1.5 x", null)]
    public void AColumnHasGroupMarksThroughoutOrNone(string texts, string? problem)
    {
        var column = new NumberColumn(null);
        string[] cells = texts.Split(' ');
        for (int row = 1; row <= cells.Length; row++)
        {
            column.Read(row, cells[row - 1], out _);
        }

        Assert.Equal(problem, column.Problem?.Text);
        if (problem is not null)
        {
            OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => column.Check("price"));
            Assert.Equal(ErrorIds.NumberAmbiguous, error.ErrorId);
            Assert.StartsWith(
                $"Row {Array.IndexOf(cells, problem) + 1} has '{problem}' in 'price', ",
                error.Message,
                StringComparison.Ordinal);
        }
    }

    private static CultureInfo Culture(string point, string group)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (point, group);
        return culture;
    }

    private static (NumberKind Kind, double Number) Read(object? value, CultureInfo? culture = null) =>
        (NumberText.Read(value, culture, out double number), number);
}
