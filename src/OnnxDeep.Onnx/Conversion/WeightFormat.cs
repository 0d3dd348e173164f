namespace OnnxDeep.Onnx.Conversion;

/// <summary>How the weights of dense layers can be stored.</summary>
public enum WeightFormat
{
    /// <summary>16-bit floating point numbers, half the size; the model computes with 32 bits as before.</summary>
    Float16,

    /// <summary>
    /// 8-bit whole numbers, a quarter of the size; the activations are rounded to 8 bits in each run.
    /// </summary>
    Int8Dynamic,
}
