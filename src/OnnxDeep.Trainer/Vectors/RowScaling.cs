using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Converts the decomposition to the rows of the table.</summary>
internal static class RowScaling
{
    /// <summary>
    /// Computes U·Sᵖ, rotated and scaled to one length. The rotation preserves all angles and spreads the first
    /// singular directions over all columns: 8-bit quantization preserves more of them, and an optimizer with a step
    /// size per weight, such as Adam, learns from all columns at once.
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

        // A different seed from that of the decomposition, whose random numbers would otherwise be repeated.
        DenseMatrix rotation = Orthonormal.CreateRandom(options.Dimensions, options.Seed + 1, cancellationToken);
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
