namespace OnnxDeep.Learning.Networks;

/// <summary>
/// A feedforward network in double precision: what <see cref="ForwardTrace"/> and gradients look into.
/// </summary>
public sealed class PreciseNetwork
{
    /// <summary>Stacks layers.</summary>
    /// <exception cref="ArgumentException">There is no layer, or one's inputs are not the units before it.</exception>
    public PreciseNetwork(IReadOnlyList<PreciseLayer> layers)
    {
        LayerChain.Check(layers, layer => (layer.Name, layer.Inputs, layer.Units));
        Layers = [.. layers];
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<PreciseLayer> Layers { get; }

    /// <summary>The numbers that a row of features has.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>The numbers that come out.</summary>
    public int Units => Layers[^1].Units;

    /// <summary>The same network with every float widened, which changes no number.</summary>
    public static PreciseNetwork From(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new PreciseNetwork([.. network.Layers.Select(PreciseLayer.From)]);
    }
}
