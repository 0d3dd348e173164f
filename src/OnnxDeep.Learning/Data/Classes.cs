using System.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>Converts a row of outputs to a class number.</summary>
public static class Classes
{
    /// <summary>
    /// One output: 1 if it is at or above the threshold, else 0. Several outputs: the index of the largest, the first
    /// of equal ones.
    /// </summary>
    public static int FromOutputs(ReadOnlySpan<float> outputs, float threshold = 0.5f) =>
        FromOutputs<float>(outputs, threshold);

    /// <summary>The same for float or double.</summary>
    internal static int FromOutputs<T>(ReadOnlySpan<T> outputs, T threshold)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (outputs.Length == 1)
        {
            return outputs[0] >= threshold ? 1 : 0;
        }

        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            if (outputs[i] > outputs[best])
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>The default threshold, ½.</summary>
    internal static T Half<T>()
        where T : struct, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(0.5);
}
