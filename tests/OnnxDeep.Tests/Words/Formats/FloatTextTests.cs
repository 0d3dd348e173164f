using System.Globalization;
using System.Text;

using FsCheck;
using FsCheck.Fluent;

using OnnxDeep.Words.Formats.Text;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>The oracle is .NET's own parser, which rounds correctly.</summary>
public sealed class FloatTextTests
{
    [Fact]
    public void EveryFloatComesBackFromItsShortestText() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        bits =>
        {
            float value = BitConverter.Int32BitsToSingle(bits);
            string text = value.ToString("R", CultureInfo.InvariantCulture);
            return !float.IsFinite(value) || Read(text) == value;
        }));

    [Theory]
    [InlineData("G17")]
    [InlineData("E16")]
    [InlineData("E8")]
    [InlineData("F6")]
    [InlineData("G3")]
    public void NumbersOfAnyLookAreRoundedAsDotNetDoes(string format)
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            double number = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 12));
            string text = number.ToString(format, CultureInfo.InvariantCulture);
            Assert.Equal(float.Parse(text, CultureInfo.InvariantCulture), Read(text));
        }
    }

    [Fact]
    public void MiddlesBetweenTwoFloatsAreDecidedByTheLastDigit()
    {
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++)
        {
            float low = BitConverter.Int32BitsToSingle(random.Next(0x30000000, 0x4F000000));
            decimal middle = ((decimal)(double)low + (decimal)(double)MathF.BitIncrement(low)) / 2;
            foreach (string text in new[] { "", "1", "0000001" })
            {
                string number =
                    middle.ToString(CultureInfo.InvariantCulture) + (middle.Scale > 0 ? text : string.Empty);
                Assert.Equal(float.Parse(number, CultureInfo.InvariantCulture), Read(number));
            }
        }
    }

    [Theory]
    [InlineData("0", 0f)]
    [InlineData("-0", -0f)]
    [InlineData("+.5", .5f)]
    [InlineData("5.", 5f)]
    [InlineData("1E5", 1e5f)]
    [InlineData("1e+05", 1e5f)]
    [InlineData("12345678901234567890123", 1.2345679e22f)]
    [InlineData("0.00000000000000000000000000000000000000000001401298", 1.4e-44f)]
    [InlineData("1e-46", 0f)]
    [InlineData("1.17549435e-38", 1.17549435e-38f)]
    [InlineData("3.4028235e38", float.MaxValue)]
    [InlineData("1e39", float.PositiveInfinity)]
    [InlineData("1e-999999999999", 0f)]
    [InlineData("0e999999999999", 0f)]
    public void EdgesOfTheRangeAreRead(string text, float expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("-nan")]
    [InlineData("-nan(ind)")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    public void WhatIsNoFiniteNumberIsStillANumber(string text) => Assert.False(float.IsFinite(Read(text)));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("--1")]
    [InlineData("nano")]
    [InlineData("info")]
    [InlineData("٣")]
    public void WhatIsNoNumberIsRefused(string text) =>
        Assert.Equal(0, FloatText.Read(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void ReadingStopsAtABlank()
    {
        Assert.Equal(3, FloatText.Read("1.5 2"u8, out float value));
        Assert.Equal(1.5f, value);
        Assert.Equal(4, FloatText.Read("-1e2\t"u8, out value));
        Assert.Equal(-100, value);
    }

    private static float Read(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal(bytes.Length, FloatText.Read(bytes, out float value));
        return value;
    }
}
