namespace OnnxDeep.Onnx.Tensors;

/// <summary>How far values are from what was expected.</summary>
internal sealed class ValueDifference
{
    /// <summary>The largest |given - expected|; infinite where only one of them is a finite number.</summary>
    public double MaxAbsoluteError { get; private set; }

    /// <summary>The largest |given - expected| / |expected| of the expected numbers other than 0.</summary>
    public double MaxRelativeError { get; private set; }

    /// <summary>The first difference beyond the tolerance, in words; null where there is none.</summary>
    public string? First { get; private set; }

    /// <summary>How many elements were compared, in tensors of one shape and type.</summary>
    public long Elements { get; internal set; }

    /// <summary>Counts an error of two numbers.</summary>
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

    /// <summary>Keeps a difference, if it is the first one.</summary>
    internal void Add(string difference) => First ??= difference;
}
