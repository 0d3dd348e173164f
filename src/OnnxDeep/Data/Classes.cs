namespace OnnxDeep.Data;

/// <summary>From a row of outputs to a class number.</summary>
public static class Classes
{
    /// <summary>
    /// For one output whether it reaches the threshold (0 or 1), for more the index of the largest, the first on ties.
    /// </summary>
    public static int FromOutputs(ReadOnlySpan<float> outputs, float threshold = 0.5f)
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
}
