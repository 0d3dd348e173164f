using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests;

/// <summary>One sample of each kind of picture.</summary>
internal static class Samples
{
    public static IEnumerable<string> Names =>
    [
        "loss", "curve", "weights", "weights-large", "network", "network-table",
        "confusion", "words", "measurement",
        "measurement-single", "reliability", "bars", "residuals", "residuals-many",
    ];

    public static PlotData Create(string name) => name switch
    {
        "loss" => Loss(),
        "curve" => LossCurvePlot.Create(1, 3),
        "weights" => new WeightPlot("noise", OnnxModelFile.Load(Repository.NoiseModel).GetDenseLayers()[0]),
        "weights-large" => new WeightPlot("large", Layer("dense", 400, 300)),
        "network" => NetworkPlot.Create(
            "food", OnnxModelFile.Load(Repository.FoodModel).GetDenseLayers(), FoodWords.Labels),
        "network-table" => NetworkPlot.Create(
            "churn", [Layer("dense", 18, 4), Layer("dense_1", 4, 1)], ["no", "yes"]) with
        {
            InputNames = [.. Enumerable.Range(0, 18).Select(number => $"the plan of the customer = number {number}")],
        },
        "confusion" => Confusion(),
        "words" => Words(),
        "reliability" => Reliability(),
        "bars" => Bars(),
        "measurement" => Measurement(1, 64, 4096),
        "measurement-single" => Measurement(16),
        "residuals" => Residuals(60),
        "residuals-many" => Residuals(2000),
        _ => throw new ArgumentException(name, nameof(name)),
    };

    public static BarPlot Bars() => new(
        [
            new Bar("contract = month-to-month", 0.31, 0.02),
            new Bar("tenure", 0.12, 0.03),
            new Bar("a very long name of a column that no picture has the room to show in full", 0.05),
            new Bar("noise", 0),
            new Bar("age", -0.08, 0.01),
        ],
        "change of the probability of churn",
        "0.81 instead of 0.41 for the mean row",
        "Contributions");

    public static LossPlot Loss() => LossPlot.From(
        [
            .. Enumerable.Range(1, 30)
                .Select(epoch => new EpochPoint(epoch, 1.0 / epoch, 1 - (0.5 / epoch), 1.1 / epoch, 0.9)),
        ],
        20);

    public static ConfusionPlot Confusion() => ConfusionPlot.Create(new[,] { { 14, 2 }, { 1, 13 } }, FoodWords.Labels);

    public static ReliabilityPlot Reliability() => new(
        Curve(p => p), "food", Curve(p => p < 0.5 ? p / 2 : 1 - ((1 - p) / 2)));

    // 200 rows whose shares of hits are the probabilities, which the model sees through a function.
    private static ReliabilityCurve Curve(Func<double, double> distort)
    {
        double[] probabilities = [.. Enumerable.Range(0, 200).Select(i => (i / 10) / 20.0)];
        bool[] positives = [.. probabilities.Select((p, i) => i % 10 < Math.Round(10 * p))];
        return ReliabilityCurve.OfTwo([.. probabilities.Select(distort)], positives);
    }

    public static MeasurementPlot Measurement(params long[] batchSizes) => new(
    [
        .. from threads in (int[])[1, 2]
           from size in batchSizes
           let latency = (0.004 + (size * 0.0001)) / threads
           select new MeasurementPoint(
               $"food, CPU, {threads} threads", size, latency, latency * 1.4, size / latency * 1000),
    ]);

    public static ResidualPlot Residuals(int rows)
    {
        double[] actual = [.. Enumerable.Range(0, rows).Select(row => 40 + (30 * Math.Sin(row)))];
        return ResidualPlot.Create([.. actual.Select((y, row) => y + (6 * Math.Cos(2.3 * row)))], actual);
    }

    public static WordPlot Words()
    {
        using WordVectorTable table = WordVectorTable.Open(Repository.DefaultVectors);
        var vectorizer = new TermVectorizer(table);
        float[] vectors = new float[FoodWords.All.Count * table.Dimensions];
        for (int i = 0; i < FoodWords.All.Count; i++)
        {
            vectorizer.TryGetVector(FoodWords.All[i], vectors.AsSpan(i * table.Dimensions, table.Dimensions));
        }

        return WordPlot.Create(
            FoodWords.All,
            [.. FoodWords.All.Select((_, i) => FoodWords.Labels[i < FoodWords.Foods.Count ? 1 : 0])],
            new ReadOnlySpan2D<float>(vectors, FoodWords.All.Count, table.Dimensions));
    }

    public static DenseLayerInfo Layer(string name, int inputs, int units)
    {
        float[,] weights = new float[inputs, units];
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < units; j++)
            {
                weights[i, j] = MathF.Sin((i * 7) + (j * 13));
            }
        }

        return new DenseLayerInfo(name, "ReLU", weights, new float[units]);
    }
}
