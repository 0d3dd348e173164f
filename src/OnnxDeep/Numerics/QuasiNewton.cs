namespace OnnxDeep.Numerics;

/// <summary>
/// Minimizes a smooth function with limited-memory BFGS in a fixed order of operations. Source: Nocedal and Wright,
/// Numerical Optimization, algorithms 7.4 and 7.5.
/// </summary>
internal sealed class QuasiNewton
{
    private const int Memory = 10;
    private const int MostHalvings = 30;
    private const double SufficientDecrease = 1e-4;

    private readonly Func<double[], double[], double> _function;
    private readonly Queue<(double[] Step, double[] Change, double Curvature)> _pairs = new(Memory);

    /// <summary>Starts at a point.</summary>
    /// <param name="function">Takes the point, writes the gradient and returns the value.</param>
    /// <param name="start">The first point.</param>
    public QuasiNewton(Func<double[], double[], double> function, double[] start)
    {
        (_function, Point, Gradient) = (function, [.. start], new double[start.Length]);
        Value = function(Point, Gradient);
    }

    /// <summary>The current point.</summary>
    public double[] Point { get; private set; }

    /// <summary>The gradient there.</summary>
    public double[] Gradient { get; private set; }

    /// <summary>The value there.</summary>
    public double Value { get; private set; }

    /// <summary>The largest component of the gradient.</summary>
    public double Steepness => Gradient.Max(Math.Abs);

    /// <summary>Makes a step; false if no smaller value is found.</summary>
    public bool Step()
    {
        double[] direction = FindDirection();
        double slope = Dot(direction, Gradient);
        double length = _pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(Dot(Gradient, Gradient))) : 1;
        for (int i = 0; i < MostHalvings; i++, length /= 2)
        {
            double[] point = [.. Point];
            double[] gradient = new double[point.Length];
            AddScaled(point, direction, length);
            double value = _function(point, gradient);
            if (value <= Value + (SufficientDecrease * length * slope) && value < Value)
            {
                Remember(point, gradient);
                (Point, Gradient, Value) = (point, gradient, value);
                return true;
            }
        }

        return false;
    }

    private void Remember(double[] point, double[] gradient)
    {
        AddScaled(point = [.. point], Point, -1);
        AddScaled(gradient = [.. gradient], Gradient, -1);
        double curvature = Dot(point, gradient);
        if (curvature <= 1e-12 * Dot(gradient, gradient))
        {
            return;
        }

        if (_pairs.Count == Memory)
        {
            _pairs.Dequeue();
        }

        _pairs.Enqueue((point, gradient, curvature));
    }

    // The two-loop recursion.
    private double[] FindDirection()
    {
        double[] direction = [.. Gradient.Select(value => -value)];
        (double[] Step, double[] Change, double Curvature)[] pairs = [.. _pairs];
        double[] weights = new double[pairs.Length];
        for (int i = pairs.Length - 1; i >= 0; i--)
        {
            weights[i] = Dot(pairs[i].Step, direction) / pairs[i].Curvature;
            AddScaled(direction, pairs[i].Change, -weights[i]);
        }

        if (pairs.Length > 0)
        {
            double[] change = pairs[^1].Change;
            Scale(direction, pairs[^1].Curvature / Dot(change, change));
        }

        for (int i = 0; i < pairs.Length; i++)
        {
            double weight = Dot(pairs[i].Change, direction) / pairs[i].Curvature;
            AddScaled(direction, pairs[i].Step, weights[i] - weight);
        }

        return direction;
    }

    private static void Scale(double[] values, double factor)
    {
        foreach (ref double value in values.AsSpan())
        {
            value *= factor;
        }
    }

    private static void AddScaled(double[] sum, double[] values, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
