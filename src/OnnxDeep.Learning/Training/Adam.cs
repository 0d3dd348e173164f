using System.Runtime.Intrinsics;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Adam as Keras 3 computes it: m += (g - m)(1 - β₁); v += (g² - v)(1 - β₂); w -= m·αₜ / (√v + ε) with
/// αₜ = lr·√(1 - β₂ᵗ) / (1 - β₁ᵗ). Source: Kingma and Ba (2014), in the form before their section 2.1.
/// </summary>
/// <param name="LearningRate">lr.</param>
/// <param name="Beta1">The decay of the mean m.</param>
/// <param name="Beta2">The decay of the mean square v.</param>
/// <param name="Epsilon">Added to √v, so that the quotient stays finite.</param>
public sealed record Adam(
    double LearningRate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7) : Optimizer
{
    /// <summary>
    /// The decoupled decay: before each step, w becomes w·(1 - lr·decay). Source: Loshchilov and Hutter (2017),
    /// AdamW.
    /// </summary>
    public double Decay { get; init; }

    /// <summary>Whether the learning rate falls in a straight line to 0 at the end of the training.</summary>
    public bool FallsToZero { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Describe()
    {
        var pairs = new Dictionary<string, string>
        {
            ["optimizer"] = nameof(Adam),
            ["learning_rate"] = Text(LearningRate),
            ["beta_1"] = Text(Beta1),
            ["beta_2"] = Text(Beta2),
            ["epsilon"] = Text(Epsilon),
        };
        if (Decay > 0)
        {
            pairs["decay"] = Text(Decay);
        }

        if (FallsToZero)
        {
            pairs["schedule"] = "linear to 0";
        }

        return pairs;
    }

    internal override void Check()
    {
        CheckRange(nameof(LearningRate), LearningRate, 0, float.MaxValue);
        CheckRange(nameof(Beta1), Beta1, 0, 1 - 1e-12);
        CheckRange(nameof(Beta2), Beta2, 0, 1 - 1e-12);
        CheckRange(nameof(Epsilon), Epsilon, float.Epsilon, float.MaxValue);
        CheckRange(nameof(Decay), Decay, 0, 1 / Math.Max(LearningRate, float.Epsilon));
    }

    internal override IOptimizerState Start(int parameters, long steps) => new State(this, parameters, steps);

    private sealed class State(Adam options, int parameters, long steps) : IOptimizerState
    {
        private readonly float[] _m = new float[parameters];
        private readonly float[] _v = new float[parameters];
        private double _beta1Power = 1;
        private double _beta2Power = 1;
        private long _step;

        public void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
        {
            _beta1Power *= options.Beta1;
            _beta2Power *= options.Beta2;
            double rate = options.FallsToZero
                ? options.LearningRate * (steps - _step++) / steps
                : options.LearningRate;
            float step = (float)(rate * Math.Sqrt(1 - _beta2Power) / (1 - _beta1Power));
            Vector256<float> kept = Vector256.Create((float)(1 - (rate * options.Decay)));
            Vector256<float> alpha = Vector256.Create(step);
            Vector256<float> oneMinusBeta1 = Vector256.Create((float)(1 - options.Beta1));
            Vector256<float> oneMinusBeta2 = Vector256.Create((float)(1 - options.Beta2));
            Vector256<float> epsilon = Vector256.Create((float)options.Epsilon);
            Span<float> ms = _m;
            Span<float> vs = _v;
            for (int i = 0; i <= parameters.Length - LaneMath.Width; i += LaneMath.Width)
            {
                Vector256<float> g = Vector256.Create(gradients.Slice(i, LaneMath.Width));
                Vector256<float> m = Vector256.Create<float>(ms.Slice(i, LaneMath.Width));
                Vector256<float> v = Vector256.Create<float>(vs.Slice(i, LaneMath.Width));
                Vector256<float> w = Vector256.Create<float>(parameters.Slice(i, LaneMath.Width));
                m += (g - m) * oneMinusBeta1;
                v += ((g * g) - v) * oneMinusBeta2;
                w = options.Decay > 0 ? w * kept : w;
                w -= m * alpha / (Vector256.Sqrt(v) + epsilon);
                m.CopyTo(ms.Slice(i, LaneMath.Width));
                v.CopyTo(vs.Slice(i, LaneMath.Width));
                w.CopyTo(parameters.Slice(i, LaneMath.Width));
            }
        }
    }
}
