namespace OnnxDeep.Learning.Networks;

/// <summary>Where the weights start.</summary>
public enum WeightInitializer
{
    /// <summary>
    /// Weights uniform in ±√(6 / (inputs + units)), biases zero: Keras's default (Glorot and Bengio, 2010).
    /// </summary>
    GlorotUniform,

    /// <summary>Weights uniform in [-1, 1), biases in [0, 1), as the notebook draws its first 3-5-1 network.</summary>
    Notebook,
}
