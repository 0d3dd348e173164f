using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class NetworkGradientTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<Activation, Activation, Loss, int> Cases => new()
    {
        { Activation.ReLU, Activation.Sigmoid, Loss.BinaryCrossEntropy, 1 },
        { Activation.Sigmoid, Activation.Sigmoid, Loss.HalfSquaredError, 1 },
        { Activation.Tanh, Activation.Sigmoid, Loss.BinaryCrossEntropy, 3 },
        { Activation.Tanh, Activation.Softmax, Loss.CategoricalCrossEntropy, 4 },
        { Activation.Softmax, Activation.Softmax, Loss.MeanSquaredError, 3 },
        { Activation.Linear, Activation.Linear, Loss.MeanSquaredError, 2 },
        { Activation.Sigmoid, Activation.Tanh, Loss.HalfSquaredError, 2 },
        { Activation.ReLU, Activation.Linear, Loss.MeanAbsoluteError, 1 },
        { Activation.Tanh, Activation.Softmax, Loss.MeanAbsoluteError, 3 },
    };

    [Theory]
    [InlineData(Loss.HalfSquaredError)]
    [InlineData(Loss.BinaryCrossEntropy)]
    [InlineData(Loss.MeanSquaredError)]
    public void NotebooksNetworksEqualCentralDifferences(Loss loss)
    {
        for (uint seed = 0; seed < 50; seed++)
        {
            (Network<double> network, double[] inputs) = NotebookNetwork.Draw(seed);
            AssertEqualsDifferences(network, inputs, [seed % 2], loss);
        }
    }

    [Fact]
    public void ChainOfAHundredThousandLayersIsShownUpToALimit()
    {
        const int Layers = 100_000;
        var network = new Network<double>(
        [
            .. Enumerable.Range(0, Layers).Select(i => new DenseLayer<double>(
                $"layer{i}", new double[,] { { 1 } }, [0], Activation.Linear)),
        ]);

        ParameterGradient[] gradients =
            [.. NetworkGradient.Compute(network, [3], [1], Loss.HalfSquaredError).GetParameters()];

        Assert.Equal(2 * Layers, gradients.Length);
        Assert.All(gradients, parameter => Assert.Equal(parameter.Input is null ? 2 : 6, parameter.Gradient));
        Assert.All(gradients, parameter => Assert.Equal(
            parameter.Gradient, parameter.Factors.Aggregate(1.0, (product, factor) => product * factor.Value)));
        Assert.InRange(gradients.Max(parameter => parameter.Factors.Count), 100, 200);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OtherNetworksEqualCentralDifferences(Activation hidden, Activation output, Loss loss, int units)
    {
        for (ulong seed = 0; seed < 8; seed++)
        {
            Network<double> network = Network
                .Create(
                    4,
                    [new(6, hidden), new(3, Activation.Tanh), new(units, output)],
                    seed,
                    WeightInitializer.Notebook)
                .Widen();
            var random = new DeterministicRandom(seed, RandomPurpose.Data);
            double[] inputs = [.. Enumerable.Range(0, 4).Select(_ => (4 * random.NextDouble()) - 2)];
            double[] targets = new double[units];
            targets[random.Next(units)] = 1;
            AssertEqualsDifferences(network, inputs, targets, loss);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TrainingStepsByTheseGradients(Activation hidden, Activation output, Loss loss, int units)
    {
        var network = Network.Create(4, [new(6, hidden), new(units, output)], seed: 5);
        float[,] features = { { 0.5f, -1, 0.25f, 2 } };
        float[,] targets = new float[1, units];
        targets[0, 0] = 1;
        Network<float> stepped = Trainer.Fit(network, new Dataset(features, targets), new TrainingOptions
        {
            Epochs = 1, Loss = loss, Optimizer = new StochasticGradientDescent(1),
        }).Network;

        var gradient = NetworkGradient.Compute(
            network.Widen(), [0.5, -1, 0.25, 2], [.. targets.Cast<float>().Select(t => (double)t)], loss);

        Assert.All(gradient.GetParameters(), parameter =>
        {
            DenseLayer<float> layer = stepped.Layers[parameter.Index];
            float after = parameter.Input is int input
                ? layer.Weights[input, parameter.Unit]
                : layer.Biases[parameter.Unit];
            Assert.Equal(parameter.Value - parameter.Gradient, after, Tolerance);
        });
    }

    [Fact]
    public void NamesAndFactorsAreTheNotebooksDerivationOfW21()
    {
        (Network<double> network, double[] inputs) = NotebookNetwork.Draw(3);
        var trace = ForwardTrace.Run(network, inputs);
        double y = trace.Outputs[0];

        var parameters = NetworkGradient.Compute(network, inputs, [1], Loss.HalfSquaredError).GetParameters().ToList();
        ParameterGradient w21 = parameters.Single(parameter => parameter.Name == "w21");

        Assert.Equal(26, parameters.Count);
        Assert.Equal(["dL/dy", "dy/dz_output", "dz_output/dw21"], w21.Factors.Select(factor => factor.Name));
        Assert.Equal([y - 1, y * (1 - y), trace.Steps[0].Activations[0]], w21.Factors.Select(factor => factor.Value));
        Assert.Equal(
            ["w21", "w22", "w23", "w24", "w25", "b_output"],
            parameters.Where(parameter => parameter.Index == 1).Select(parameter => parameter.Name));
        Assert.Equal(
            ["dL/dy", "dy/dz_output", "dz_output/da_2", "da_2/dz_2", "dz_2/dw1(3,2)"],
            parameters.Single(parameter => parameter.Name == "w1(3,2)").Factors.Select(factor => factor.Name));
        Assert.Equal("dz_2/db_2", parameters.Single(parameter => parameter.Name == "b_2").Factors[^1].Name);
    }

    [Fact]
    public void SumOverSeveralWaysIsOneFactor()
    {
        Network<double> network =
            Network.Create(2, [new(3, Activation.Tanh), new(2, Activation.Sigmoid)], seed: 1).Widen();

        ParameterGradient first =
            NetworkGradient.Compute(network, [1, 2], [0, 1], Loss.BinaryCrossEntropy).GetParameters().First();

        Assert.Equal(["dL/da1(1)", "da1(1)/dz1(1)", "dz1(1)/dw1(1,1)"], first.Factors.Select(factor => factor.Name));
    }

    [Fact]
    public void FullSigmoidHasOneFactorInsteadOfInfinity()
    {
        var network = new Network<double>(
            [new DenseLayer<double>("dense", new double[,] { { 1 } }, [0], Activation.Sigmoid)]);

        ParameterGradient weight =
            NetworkGradient.Compute(network, [1000], [0], Loss.BinaryCrossEntropy).GetParameters().First();

        Assert.Equal(1000, weight.Gradient);
        Assert.Equal(["dL/dz_output", "dz_output/dw1(1,1)"], weight.Factors.Select(factor => factor.Name));
    }

    [Fact]
    public void OutputsAreTheNetworksAnswer()
    {
        (Network<double> network, double[] inputs) = NotebookNetwork.Draw(3);

        Assert.Equal(
            ForwardTrace.Run(network, inputs).Outputs,
            NetworkGradient.Compute(network, inputs, [1], Loss.HalfSquaredError).Outputs);
    }

    [Fact]
    public void GradientByTheOutputsIsThatOfEachLoss()
    {
        double[] gradient = new double[2];

        LossFunctions.OutputGradient(Loss.BinaryCrossEntropy, [0.25, 0.75], [1, 0], gradient);
        Assert.Equal([-2, 2], gradient);
        LossFunctions.OutputGradient(Loss.MeanSquaredError, [0.25, 0.75], [1, 0], gradient);
        Assert.Equal([-0.75, 0.75], gradient);
        LossFunctions.OutputGradient(Loss.HalfSquaredError, [0.25, 0.75], [1, 0], gradient);
        Assert.Equal([-0.75, 0.75], gradient);
        LossFunctions.OutputGradient(Loss.MeanAbsoluteError, [0.25, 0.75], [1, 0], gradient);
        Assert.Equal([-0.5, 0.5], gradient);
        LossFunctions.OutputGradient(Loss.MeanAbsoluteError, [1, double.NaN], [1, 0], gradient);
        Assert.Equal([0, double.NaN], gradient);
    }

    [Fact]
    public void NamesOfOtherNetworksCountLayersAndUnits()
    {
        Network<double> two =
            Network.Create(1, [new(1, Activation.Tanh), new(2, Activation.Linear)], seed: 1).Widen();
        Assert.Equal(
            ["w1(1,1)", "b1(1)", "w2(1,1)", "b2(1)", "w2(1,2)", "b2(2)"],
            Gradient(two, 2).Select(parameter => parameter.Name));
        Assert.Equal(
            ["dL/dy(2)", "dy(2)/dz2(2)", "dz2(2)/db2(2)"],
            Gradient(two, 2).Last().Factors.Select(factor => factor.Name));

        // Two hidden layers, or ten units, are not the notebook's, whose w21 would be ambiguous.
        Network<double> deep = Network
            .Create(1, [new(1, Activation.Tanh), new(1, Activation.Tanh), new(1, Activation.Linear)], seed: 1)
            .Widen();
        Assert.Equal(
            ["w1(1,1)", "b1(1)", "w2(1,1)", "b2(1)", "w3(1,1)", "b_output"],
            Gradient(deep, 1).Select(parameter => parameter.Name));
        Assert.Equal("w29", Gradient(Hidden(9), 1).SkipLast(1).Last().Name);
        Assert.Equal("w2(10,1)", Gradient(Hidden(10), 1).SkipLast(1).Last().Name);

        static Network<double> Hidden(int units) =>
            Network.Create(1, [new(units, Activation.Tanh), new(1, Activation.Linear)], seed: 1).Widen();

        static List<ParameterGradient> Gradient(Network<double> network, int units) =>
            [.. NetworkGradient.Compute(network, [0.5], new double[units], Loss.MeanSquaredError).GetParameters()];
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => NetworkGradient.Compute(null!, [1], [0], Loss.MeanSquaredError));
        var network = new Network<double>(
            [new DenseLayer<double>("dense", new double[,] { { 1 } }, [0], Activation.Linear)]);

        Assert.Throws<ArgumentException>(() => NetworkGradient.Compute(network, [1, 2], [0], Loss.MeanSquaredError));
        Assert.Throws<ArgumentException>(() => NetworkGradient.Compute(network, [1], [0, 1], Loss.MeanSquaredError));
        Assert.Throws<ArgumentException>(() => NetworkGradient.Compute(network, [1], [0], Loss.BinaryCrossEntropy));
    }

    private static void AssertEqualsDifferences(Network<double> network, double[] inputs, double[] targets, Loss loss)
    {
        var gradient = NetworkGradient.Compute(network, inputs, targets, loss);
        Assert.Equal(LossOf(network, inputs, targets, loss), gradient.Loss, 1e-12);
        foreach (ParameterGradient parameter in gradient.GetParameters())
        {
            const double step = 1e-6;
            double up = LossOf(Move(network, parameter, step), inputs, targets, loss);
            double down = LossOf(Move(network, parameter, -step), inputs, targets, loss);

            Assert.Equal((up - down) / (2 * step), parameter.Gradient, Tolerance);
            Assert.Equal(
                parameter.Gradient,
                parameter.Factors.Aggregate(1.0, (product, factor) => product * factor.Value),
                1e-9);
        }
    }

    private static Network<double> Move(Network<double> network, ParameterGradient parameter, double step)
    {
        DenseLayer<double> old = network.Layers[parameter.Index];
        double[,] weights = old.Weights.ToArray();
        double[] biases = old.Biases.ToArray();
        if (parameter.Input is int input)
        {
            weights[input, parameter.Unit] += step;
        }
        else
        {
            biases[parameter.Unit] += step;
        }

        DenseLayer<double>[] layers = [.. network.Layers];
        layers[parameter.Index] = new DenseLayer<double>(old.Name, weights, biases, old.Activation);
        return new Network<double>(layers);
    }

    // The loss as it is defined, with the platform's own functions.
    private static double LossOf(Network<double> network, double[] inputs, double[] targets, Loss loss)
    {
        double[] y = ForwardTrace.Run(network, inputs).Outputs;
        return loss switch
        {
            Loss.BinaryCrossEntropy => y.Zip(targets, (p, t) => t > 0.5 ? -Math.Log(p) : -Math.Log(1 - p)).Average(),
            Loss.CategoricalCrossEntropy => -y.Zip(targets, (p, t) => t * Math.Log(p)).Sum(),
            Loss.MeanSquaredError => y.Zip(targets, (p, t) => (p - t) * (p - t)).Average(),
            Loss.MeanAbsoluteError => y.Zip(targets, (p, t) => Math.Abs(p - t)).Average(),
            _ => y.Zip(targets, (p, t) => (p - t) * (p - t)).Sum() / 2,
        };
    }
}
