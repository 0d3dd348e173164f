using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>From the decomposition to the rows of the table.</summary>
internal static class RowScaling
{
    /// <summary>
    /// U·Sᵖ, turned and brought to one length. The turn leaves every angle
    /// as it is and spreads the first singular directions over all columns: bytes keep more of them, and an optimiser
    /// with a step size a weight, such as Adam, learns from all columns at once.
    /// </summary>
    public static DenseMatrix Scale(
        DenseMatrix u, double[] singularValues, WordNetVectorOptions options, CancellationToken cancellationToken)
    {
        double[] powers =
        [
            .. singularValues.Select(s => DeterministicMath.Pow(s / singularValues[0], options.SingularValueExponent)),
        ];
        for (int i = 0; i < u.Rows; i++)
        {
            Span<float> row = u.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = (float)(row[j] * powers[j]);
            }

            SetLength(row, options.Norm);
        }

        // The rotation's seed is apart from the decomposition's, whose signs would otherwise come again.
        DenseMatrix rotation = RandomRotation.Create(options.Dimensions, options.Seed + 1, cancellationToken);
        return u.Multiply(rotation, cancellationToken);
    }

    private static void SetLength(Span<float> row, double length)
    {
        double sum = 0;
        foreach (float value in row)
        {
            sum += (double)value * value;
        }

        double scale = sum > 0 ? length / Math.Sqrt(sum) : 0;
        foreach (ref float value in row)
        {
            value = (float)(value * scale);
        }
    }
}
