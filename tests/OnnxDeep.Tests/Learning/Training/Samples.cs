using OnnxDeep.Learning.Data;
using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Learning.Training;

internal static class Samples
{
    /// <summary>Random points around one centre per class, with vectors about as long as word vectors.</summary>
    public static Dataset Blobs(int rows, int inputs, int units, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        float[,] features = new float[rows, inputs];
        float[,] targets = new float[rows, units];
        for (int row = 0; row < rows; row++)
        {
            int label = random.Next(Math.Max(2, units));
            for (int i = 0; i < inputs; i++)
            {
                features[row, i] = random.NextSingle(-0.7f, 0.7f) + (i % Math.Max(2, units) == label ? 0.3f : 0);
            }

            if (units == 1)
            {
                targets[row, 0] = label;
            }
            else
            {
                targets[row, label] = 1;
            }
        }

        return new Dataset(features, targets);
    }
}
