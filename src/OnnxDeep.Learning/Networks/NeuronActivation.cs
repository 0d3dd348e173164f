namespace OnnxDeep.Learning.Networks;

/// <summary>What a single neuron does with z; unlike a layer's <see cref="Activation"/> it may be a step.</summary>
public enum NeuronActivation
{
    /// <summary>1 where z is above 0, else 0: a light that is on or off. It has no slope to learn by.</summary>
    Step,

    /// <summary>1 / (1 + e⁻ᶻ), from 0 to 1.</summary>
    Sigmoid,

    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>tanh z, from -1 to 1.</summary>
    Tanh,

    /// <summary>z itself.</summary>
    Linear,
}
