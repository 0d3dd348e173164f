using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Learning.Data;

/// <summary>
/// Scales each feature to mean 0 and standard deviation 1 with (x - mean) / scale, in 32-bit floats like an exported
/// graph. Source: scikit-learn's StandardScaler.
/// </summary>
/// <param name="Mean">[inputs].</param>
/// <param name="Scale">[inputs]: the standard deviation; 1 for a constant feature.</param>
public sealed record Standardization(IReadOnlyList<float> Mean, IReadOnlyList<float> Scale)
{
    /// <summary>Computes mean and scale of rows.</summary>
    /// <param name="features">[rows, inputs].</param>
    public static Standardization Of(ReadOnlySpan2D<float> features)
    {
        float[] mean = new float[features.Width];
        float[] scale = new float[features.Width];
        for (int column = 0; column < features.Width; column++)
        {
            double sum = 0;
            for (int row = 0; row < features.Height; row++)
            {
                sum += features[row, column];
            }

            double middle = sum / features.Height;
            double squares = 0;
            for (int row = 0; row < features.Height; row++)
            {
                double distance = features[row, column] - middle;
                squares += distance * distance;
            }

            float deviation = (float)Math.Sqrt(squares / features.Height);
            mean[column] = (float)middle;
            scale[column] = deviation > 0 ? deviation : 1;
        }

        return new Standardization(mean, scale);
    }

    /// <summary>Scales the features of a row in place.</summary>
    /// <param name="row">[inputs].</param>
    public void Apply(Span<float> row)
    {
        for (int column = 0; column < row.Length; column++)
        {
            row[column] = (row[column] - Mean[column]) / Scale[column];
        }
    }
}
