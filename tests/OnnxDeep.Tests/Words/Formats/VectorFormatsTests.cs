using System.Text;

using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class VectorFormatsTests
{
    [Theory]
    [InlineData("2 3\ntea 1 2 3\ncoffee 4 5 6\n")]
    [InlineData("2 3\r\ntea 1 2 3\r\ncoffee 4 5 6\r\n")]
    [InlineData("2 3 \ntea 1 2 3 \n")]
    [InlineData("2\t3\ntea\t1\t2\t3\n")]
    [InlineData("\uFEFF2 3\ntea 1 2 3\n")]
    [InlineData("2 1\ntea 0.5\ncoffee 5\n")]
    [InlineData("1 1\na 0.25")]
    [InlineData("2 3\nNew York 1 2 3\n")]
    [InlineData("2 3\na\u0001b 1 2 3\n")]
    [InlineData("2 3\n\u0001 1\n\u0002 2\ntea -1e-05 .5 nan\n")]
    [InlineData("2 3\ntea 1 2\n")]
    [InlineData("2 3\nbad line\ntea 1 2 3\n")]
    [InlineData("2 3\n")]
    [InlineData("2 3\nte")]
    [InlineData("2 2\ntea 0,5 1,5\ncoffee 2,5 3,5\n")]
    [InlineData("tea 1 2 3\n")]
    [InlineData("tea 1 2 3")]
    [InlineData("BZhou 1 2 3\n")]
    [InlineData("a\u0001b 1 2 3\ntea 1 2 3\n")]
    [InlineData("größe 1 2 3\n")]
    [InlineData("")]
    public void LinesThatEndInNumbersAreText(string text) =>
        Assert.Equal(VectorFormat.Text, VectorFormats.Detect(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void TextInACodePageIsText()
    {
        Assert.Equal(VectorFormat.Text, VectorFormats.Detect([.. "1 2\ngr"u8, 0xF6, 0xDF, .. "e 1 2\n"u8]));
        Assert.Equal(VectorFormat.Text, VectorFormats.Detect([0x80, .. "uro 1 2\n"u8]));
    }

    [Fact]
    public void TextWhoseFirstLineIsLongerThanWhatIsLookedAtIsText()
    {
        string line = "tea " + string.Join(' ', Enumerable.Repeat("0.123456", 10_000));
        foreach (string text in new[] { $"1 10000\n{line}\n", $"{line}\n" })
        {
            Assert.Equal(
                VectorFormat.Text,
                VectorFormats.Detect(Encoding.UTF8.GetBytes(text).AsSpan(0, SourceLimits.PrefixBytes)));
        }
    }

    [Theory]
    [InlineData("tea", 1, 0.5f)]
    [InlineData("tea", 1, 0.2f)]
    [InlineData("tea", 1, -0.1f)]
    [InlineData("größe", 3, 0.1f)]
    [InlineData("New York", 3, 0.1f)]
    [InlineData("1 2 3", 3, 0.7f)]
    [InlineData("x", 300, 0.1f)]
    public void FloatsAfterAWordAreWord2VecBinary(string word, int dimensions, float value)
    {
        byte[] numbers = [.. Enumerable.Repeat(value, dimensions).SelectMany(BitConverter.GetBytes)];
        foreach (byte[] key in new[] { Encoding.UTF8.GetBytes(word), Encoding.Latin1.GetBytes(word) })
        {
            foreach (string end in new[] { "", "\n" })
            {
                byte[] record = [.. key, (byte)' ', .. numbers, .. Encoding.ASCII.GetBytes(end)];
                Assert.Equal(
                    VectorFormat.Word2VecBinary,
                    VectorFormats.Detect([.. Encoding.ASCII.GetBytes($"2 {dimensions}\n"), .. record, .. record]));
            }
        }
    }

    [Fact]
    public void FirstKeyOfTheGreatestLengthDoesNotHideTheFloats()
    {
        byte[] file = [.. "1 2\n"u8, .. Enumerable.Repeat((byte)'x', SourceLimits.KeyBytes), (byte)' ', .. new byte[8]];

        Assert.Equal(VectorFormat.Word2VecBinary, VectorFormats.Detect(file));
    }

    [Fact]
    public void RandomFloatsAreNeverTakenForText()
    {
        var random = new Random(5);
        for (int i = 0; i < 5_000; i++)
        {
            int dimensions = random.Next(2, 50);
            var file = new List<byte>(Encoding.ASCII.GetBytes($"20 {dimensions}\n"));
            for (int word = 0; word < 20; word++)
            {
                file.AddRange(Encoding.ASCII.GetBytes($"w{word} "));
                for (int n = 0; n < dimensions; n++)
                {
                    file.AddRange(BitConverter.GetBytes((random.NextSingle() - 0.5f) / 3));
                }

                file.Add((byte)'\n');
            }

            Assert.Equal(VectorFormat.Word2VecBinary, VectorFormats.Detect([.. file]));
        }
    }

    [Fact]
    public void OtherFormatsAreToldByTheirMarks()
    {
        Assert.Equal(VectorFormat.FastText, VectorFormats.Detect(new FastTextModel().ToBytes()));
        Assert.Equal(VectorFormat.Onnx, VectorFormats.Detect([0x08, 0x08, 0x12, 0x00]));
        Assert.Equal(VectorFormat.Gzip, VectorFormats.Detect([0x1F, 0x8B, 0x08, 0x00]));
        Assert.Equal(VectorFormat.Pickle, VectorFormats.Detect([0x80, 0x04, 0x95]));
        Assert.Equal(VectorFormat.OtherArchive, VectorFormats.Detect([.. "BZh91AY&SY"u8]));
        Assert.Equal(VectorFormat.SafeTensors, VectorFormats.Detect([0x08, 0x01, 0, 0, 0, 0, 0, 0, .. "{\"a\":1}"u8]));
        Assert.Equal(VectorFormat.Unknown, VectorFormats.Detect([0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0, 0, 1]));
        Assert.Equal(VectorFormat.Unknown, VectorFormats.Detect([.. Encoding.Unicode.GetBytes("tea 1 2\n")]));
    }
}
