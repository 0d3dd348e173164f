namespace OnnxDeep.Learning.Training;

/// <summary>Gradient descent with momentum as Keras computes it: u = momentum·u - lr·g; w += u.</summary>
/// <param name="LearningRate">lr.</param>
/// <param name="Momentum">0 is plain descent.</param>
public sealed record StochasticGradientDescent(double LearningRate = 0.01, double Momentum = 0) : Optimizer
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Describe() => new Dictionary<string, string>
    {
        ["optimizer"] = "SGD",
        ["learning_rate"] = Text(LearningRate),
        ["momentum"] = Text(Momentum),
    };

    internal override void Check()
    {
        CheckRange(nameof(LearningRate), LearningRate, 0, float.MaxValue);
        CheckRange(nameof(Momentum), Momentum, 0, 1);
    }

    internal override IOptimizerState Start(int parameters, long steps) => new State(this, parameters);

    private sealed class State(StochasticGradientDescent options, int parameters) : IOptimizerState
    {
        private readonly float[] _velocity = new float[parameters];

        public void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
        {
            float rate = (float)options.LearningRate;
            float momentum = (float)options.Momentum;
            for (int i = 0; i < parameters.Length; i++)
            {
                _velocity[i] = (momentum * _velocity[i]) - (rate * gradients[i]);
                parameters[i] += _velocity[i];
            }
        }
    }
}
