namespace OnnxDeep.Onnx.Networks;

/// <summary>The names that our exported graphs use.</summary>
internal static class OnnxNames
{
    /// <summary>float [N, inputs].</summary>
    public const string Features = "features";

    /// <summary>float [N, units].</summary>
    public const string Probability = "probability";

    /// <summary>string [N], the input of a model that takes text.</summary>
    public const string Word = "word";

    /// <summary>string [N], the class's name.</summary>
    public const string Label = "label";

    /// <summary>bool [N], whether the model has the word.</summary>
    public const string IsKnown = "is_known";

    internal const string BatchDimension = "N";
    internal const string Producer = "OnnxDeep";

    /// <summary>
    /// The version that last changed what is exported. It is not the module's own, so the same seed gives the same
    /// bytes in every version that exports the same.
    /// </summary>
    internal const string ProducerVersion = "0.3.0";

    /// <summary>The operators of classical machine learning, LabelEncoder among them.</summary>
    internal const string MachineLearningDomain = "ai.onnx.ml";
}
