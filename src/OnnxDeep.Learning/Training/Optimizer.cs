using System.Globalization;

namespace OnnxDeep.Learning.Training;

/// <summary>A rule that turns gradients into steps; made with its settings, it holds no state itself.</summary>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>The rule's name and settings, as text that no culture changes.</summary>
    public abstract IReadOnlyDictionary<string, string> Describe();

    /// <summary>Refuses settings that no training can use.</summary>
    internal abstract void Check();

    /// <summary>A number as it goes into files.</summary>
    private protected static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Refuses a value outside its range.</summary>
    private protected static void CheckRange(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must lie from {low} to {high}."));
        }
    }

    /// <summary>The state for so many parameters, at step 0.</summary>
    internal abstract IOptimizerState Start(int parameters);
}

/// <summary>What an optimiser remembers between steps.</summary>
internal interface IOptimizerState
{
    /// <summary>Moves the parameters one step; lengths are whole lanes.</summary>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients);
}
