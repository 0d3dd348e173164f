using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>A random orthogonal matrix.</summary>
internal static class RandomRotation
{
    /// <summary>Square, padded to whole lanes with zeros.</summary>
    public static DenseMatrix Create(int dimensions, ulong seed, CancellationToken cancellationToken)
    {
        var random = new DeterministicRandom(seed);
        var matrix = new DenseMatrix(LaneMath.Pad(dimensions), LaneMath.Pad(dimensions));
        for (int i = 0; i < dimensions; i++)
        {
            foreach (ref float value in matrix.Row(i)[..dimensions])
            {
                // Irwin and Hall: near enough to Gauss for directions without preference.
                for (int term = 0; term < 12; term++)
                {
                    value += random.NextSingle() - 0.5f;
                }
            }
        }

        return Orthonormal.Columns(matrix, cancellationToken);
    }
}
