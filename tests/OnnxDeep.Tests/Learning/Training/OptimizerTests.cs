using OnnxDeep.Learning.Training;
using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class OptimizerTests
{
    [Fact]
    public void AdamStepsAsItsFormulaSays()
    {
        var options = new Adam(0.1, 0.8, 0.9, 0.01);
        float[] parameters = Lanes(1);
        float[] gradients = Lanes(0.5f);
        IOptimizerState state = options.Start(parameters.Length, steps: 100);
        double m = 0, v = 0, w = 1;
        for (int step = 1; step <= 5; step++)
        {
            double g = 0.5 * step * (step % 2 == 0 ? -1 : 1);
            Array.Fill(gradients, (float)g);

            state.Step(parameters, gradients);

            m += (g - m) * 0.2;
            v += ((g * g) - v) * 0.1;
            double alpha = 0.1 * Math.Sqrt(1 - Math.Pow(0.9, step)) / (1 - Math.Pow(0.8, step));
            w -= alpha * m / (Math.Sqrt(v) + 0.01);
            Assert.All(parameters, value => Assert.Equal(w, value, 1e-6));
        }
    }

    [Fact]
    public void DescentStepsAsItsFormulaSays()
    {
        float[] parameters = Lanes(1);
        IOptimizerState state = new StochasticGradientDescent(0.5, 0.25).Start(parameters.Length, steps: 100);

        // u = -0.5·1, then 0.25·(-0.5) - 0.5·(-2).
        state.Step(parameters, Lanes(1));
        Assert.All(parameters, value => Assert.Equal(0.5f, value));
        state.Step(parameters, Lanes(-2));
        Assert.All(parameters, value => Assert.Equal(1.375f, value));
    }

    public static TheoryData<Optimizer, bool> Settings => new()
    {
        { new Adam(0), true },
        { new Adam(float.MaxValue), true },
        { new Adam(-1e-9), false },
        { new Adam(1e39), false },
        { new Adam(Beta1: 0), true },
        { new Adam(Beta1: -1e-9), false },
        { new Adam(Beta1: 1), false },
        { new Adam(Beta2: 0), true },
        { new Adam(Beta2: -1e-9), false },
        { new Adam(Beta2: 1), false },
        { new Adam(Epsilon: float.Epsilon), true },
        { new Adam(Epsilon: 0), false },
        { new Adam(Epsilon: 1e39), false },
        { new StochasticGradientDescent(0), true },
        { new StochasticGradientDescent(-1e-9), false },
        { new StochasticGradientDescent(0.1, 1), true },
        { new StochasticGradientDescent(0.1, 1.01), false },
        { new StochasticGradientDescent(0.1, -0.01), false },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void SettingsEndWhereTheirRangesDo(Optimizer optimizer, bool isRight)
    {
        if (isRight)
        {
            optimizer.Check();
            return;
        }

        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(optimizer.Check);
        Assert.Contains($"{error.ParamName} must be from ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsAreDescribed()
    {
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["optimizer"] = "Adam", ["learning_rate"] = "0.001", ["beta_1"] = "0.9", ["beta_2"] = "0.999",
                ["epsilon"] = "1E-07",
            },
            new Adam().Describe());
        Assert.Equal(
            new Dictionary<string, string> { ["optimizer"] = "SGD", ["learning_rate"] = "0.01", ["momentum"] = "0" },
            new StochasticGradientDescent().Describe());
    }

    [Fact]
    public void BestWeightsAreThoseBeforePatienceRanOut()
    {
        float[] current = [1];
        var best = new BestWeights(new EarlyStopping(2, 0.125), current);
        Assert.Same(current, best.Values);

        Consider(1, 1.0, 10);
        Consider(2, 0.9375, 20);
        Assert.Equal((1, false), (best.Epoch, best.IsStale));
        Consider(3, 0.75, 30);
        Assert.Equal(3, best.Epoch);
        Consider(4, 0.625, 40);
        Assert.False(best.IsStale);
        Consider(5, 0.7, 50);

        Assert.True(best.IsStale);
        Assert.Equal([30f], best.Values);

        void Consider(int epoch, double loss, float weight)
        {
            current[0] = weight;
            best.Consider(new EpochMetrics(epoch, 0, new OnnxDeep.Learning.Metrics.ConfusionMatrix(2), loss));
        }
    }

    [Fact]
    public void WithoutEarlyStoppingTheLastWeightsAreTheBest()
    {
        float[] current = [1];
        var best = new BestWeights(null, current);

        best.Consider(new EpochMetrics(1, 0, new OnnxDeep.Learning.Metrics.ConfusionMatrix(2), 0.5));

        Assert.Equal((null, false), (best.Epoch, best.IsStale));
        Assert.Same(current, best.Values);
    }

    [Fact]
    public void EpochWithoutValidationIsNotConsidered()
    {
        var best = new BestWeights(new EarlyStopping(0), [1]);

        best.Consider(new EpochMetrics(1, 0, new OnnxDeep.Learning.Metrics.ConfusionMatrix(2)));

        Assert.Equal((null, false), (best.Epoch, best.IsStale));
    }

    private static float[] Lanes(float value)
    {
        // Two groups of lanes, to check that the second is updated too.
        float[] lanes = new float[2 * LaneMath.Width];
        Array.Fill(lanes, value);
        return lanes;
    }
}
