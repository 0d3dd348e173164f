using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Creates a random orthogonal matrix.</summary>
internal static class RandomRotation
{
    /// <summary>Creates a square matrix whose rows are padded with zeros to a multiple of the SIMD width.</summary>
    public static DenseMatrix Create(int dimensions, ulong seed, CancellationToken cancellationToken)
    {
        var random = new DeterministicRandom(seed);
        var matrix = new DenseMatrix(LaneMath.Pad(dimensions), LaneMath.Pad(dimensions));
        for (int i = 0; i < dimensions; i++)
        {
            foreach (ref float value in matrix.Row(i)[..dimensions])
            {
                // The Irwin-Hall distribution is close enough to a normal distribution for uniform directions.
                for (int term = 0; term < 12; term++)
                {
                    value += random.NextSingle() - 0.5f;
                }
            }
        }

        return Orthonormal.Columns(matrix, cancellationToken);
    }
}
