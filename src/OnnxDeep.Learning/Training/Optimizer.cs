using System.Globalization;

namespace OnnxDeep.Learning.Training;

/// <summary>A rule that turns gradients into steps. It has settings, but no state.</summary>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>Describes the rule and its settings as culture-invariant text.</summary>
    public abstract IReadOnlyDictionary<string, string> Describe();

    /// <summary>Checks the settings.</summary>
    internal abstract void Check();

    /// <summary>Formats a number for files.</summary>
    private protected static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Checks that a value is in its range.</summary>
    private protected static void CheckRange(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be from {low} to {high}."));
        }
    }

    /// <summary>Creates the state before the first step.</summary>
    /// <param name="parameters">The number of parameters.</param>
    /// <param name="steps">The number of steps of the whole training.</param>
    internal abstract IOptimizerState Start(int parameters, long steps);
}

/// <summary>What an optimizer remembers between steps.</summary>
internal interface IOptimizerState
{
    /// <summary>Moves the parameters one step; the lengths are whole lanes.</summary>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradients);
}
