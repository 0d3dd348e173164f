namespace OnnxDeep.Onnx.Tensors;

/// <summary>The differences between actual and expected values.</summary>
internal sealed class ValueDifference
{
    /// <summary>The largest |given - expected|; infinite if only one of them is finite.</summary>
    public double MaxAbsoluteError { get; private set; }

    /// <summary>The largest |given - expected| / |expected| of expected numbers other than 0.</summary>
    public double MaxRelativeError { get; private set; }

    /// <summary>A description of the first difference beyond the tolerance; null if there is none.</summary>
    public string? First { get; private set; }

    /// <summary>The number of elements that were compared, in tensors of the same shape and type.</summary>
    public long Elements { get; internal set; }

    /// <summary>The largest finite |expected| of floating-point numbers.</summary>
    public double LargestExpected { get; private set; }

    /// <summary>The number of floating-point numbers that were compared.</summary>
    public long Floats { get; private set; }

    /// <summary>The number of those that were expected to be NaN.</summary>
    public long NaNs { get; private set; }

    /// <summary>Records an expected floating-point number.</summary>
    internal void AddExpected(double expected)
    {
        Floats++;
        NaNs += double.IsNaN(expected) ? 1 : 0;
        LargestExpected = double.IsFinite(expected) ? Math.Max(LargestExpected, Math.Abs(expected)) : LargestExpected;
    }

    /// <summary>Records the error between two numbers.</summary>
    internal void AddError(double given, double expected)
    {
        double error = given.Equals(expected) ? 0 : Math.Abs(given - expected);
        error = double.IsNaN(error) ? double.PositiveInfinity : error;
        MaxAbsoluteError = Math.Max(MaxAbsoluteError, error);
        if (expected != 0 && error > 0)
        {
            double relative = double.IsInfinity(error) ? error : error / Math.Abs(expected);
            MaxRelativeError = Math.Max(MaxRelativeError, double.IsNaN(relative) ? double.PositiveInfinity : relative);
        }
    }

    /// <summary>Adds the differences of other values.</summary>
    internal void Add(ValueDifference other)
    {
        MaxAbsoluteError = Math.Max(MaxAbsoluteError, other.MaxAbsoluteError);
        MaxRelativeError = Math.Max(MaxRelativeError, other.MaxRelativeError);
        LargestExpected = Math.Max(LargestExpected, other.LargestExpected);
        First ??= other.First;
        Elements += other.Elements;
        Floats += other.Floats;
        NaNs += other.NaNs;
    }

    /// <summary>Records a difference, if it is the first one.</summary>
    internal void Add(string difference) => First ??= difference;
}
