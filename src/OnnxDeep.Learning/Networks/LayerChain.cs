namespace OnnxDeep.Learning.Networks;

/// <summary>What stacks of layers have in common, whatever their precision.</summary>
internal static class LayerChain
{
    /// <summary>Checks that each layer takes what the one before it gives.</summary>
    /// <param name="layers">First to last.</param>
    /// <param name="describe">A layer's name and extents.</param>
    /// <exception cref="ArgumentException">There is no layer, or one's inputs are not the units before it.</exception>
    public static void Check<T>(IReadOnlyList<T> layers, Func<T, (string Name, int Inputs, int Units)> describe)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        }

        for (int i = 1; i < layers.Count; i++)
        {
            (string name, int inputs, _) = describe(layers[i]);
            (string before, _, int units) = describe(layers[i - 1]);
            if (inputs != units)
            {
                throw new ArgumentException(
                    $"Layer '{name}' takes {inputs} inputs, but '{before}' before it has {units} units.",
                    nameof(layers));
            }
        }
    }
}
