using System.Globalization;
using System.Text.Json;

using OnnxDeep.Numerics;
using OnnxDeep.Tests.Oracles;

namespace OnnxDeep.Tests.Numerics;

public sealed class NumPyTextTests
{
    [Fact]
    public void ArraysReadAsNumPyPrintsThem() => Assert.All(
        OracleFile.Read("numpy.jsonl").Where(c => c.Find("values") is not null), c =>
        {
            double[][] rows = [.. c.GetProperty("values").EnumerateArray().Select(Parse)];
            int limit = c.GetProperty("limit").GetInt32();

            Assert.Equal(
                c.GetProperty("text").GetString(),
                c.GetProperty("vector").GetBoolean()
                    ? NumPyText.Format(rows[0], limit)
                    : NumPyText.Format(ToMatrix(rows), limit));
        });

    [Fact]
    public void SeedDrawsWhatNumPyDraws()
    {
        // np.random.seed(42); np.random.rand(3)
        Assert.Equal(
            [0.3745401188473625, 0.9507143064099162, 0.7319939418114051], new MersenneTwister(42).NextDoubles(3));
        Assert.InRange(new MersenneTwister(uint.MaxValue).NextDoubles(1000, -3, -2).Max(), -3, -2);
    }

    private static double[] Parse(JsonElement row) => [.. row.Strings().Select(text => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    })];

    private static double[,] ToMatrix(double[][] rows)
    {
        double[,] matrix = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
            {
                matrix[i, j] = rows[i][j];
            }
        }

        return matrix;
    }
}
