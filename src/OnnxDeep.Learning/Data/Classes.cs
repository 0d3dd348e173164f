using System.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>From a row of outputs to a class number.</summary>
public static class Classes
{
    /// <summary>
    /// For one output whether it reaches the threshold (0 or 1), for more the index of the largest, the first on ties.
    /// </summary>
    public static int FromOutputs(ReadOnlySpan<float> outputs, float threshold = 0.5f) =>
        FromOutputs<float>(outputs, threshold);

    /// <summary>The same for floats or doubles.</summary>
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

    /// <summary>The threshold where none is given.</summary>
    internal static T Half<T>()
        where T : struct, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(0.5);
}
