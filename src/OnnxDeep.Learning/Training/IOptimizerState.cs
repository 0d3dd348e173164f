namespace OnnxDeep.Learning.Training;

/// <summary>What an optimiser remembers between steps.</summary>
internal interface IOptimizerState
{
    /// <summary>Moves the parameters one step; lengths are whole lanes.</summary>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients);
}
