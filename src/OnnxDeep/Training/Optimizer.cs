namespace OnnxDeep.Training;

/// <summary>A rule that turns gradients into steps; made with its settings, it holds no state itself.</summary>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>The state for so many parameters, at step 0.</summary>
    internal abstract IOptimizerState Start(int parameters);
}
