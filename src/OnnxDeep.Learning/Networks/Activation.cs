namespace OnnxDeep.Learning.Networks;

/// <summary>The function that a layer applies to its weighted inputs z.</summary>
public enum Activation
{
    /// <summary>z itself.</summary>
    Linear,

    /// <summary>1 / (1 + e⁻ᶻ), from 0 to 1.</summary>
    Sigmoid,

    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>tanh z, from -1 to 1.</summary>
    Tanh,

    /// <summary>eᶻ over the sum of the layer's eᶻ: probabilities that add up to 1.</summary>
    Softmax,
}
