namespace OnnxDeep.Onnx.Files;

/// <summary>The names in exported graphs, and the domains of operators.</summary>
internal static class OnnxNames
{
    /// <summary>The input of numbers, float [N, inputs].</summary>
    public const string Features = "features";

    /// <summary>The input of a table's text columns, string [N, columns].</summary>
    public const string Texts = "texts";

    /// <summary>What a table's columns become before the first layer, float [N, features].</summary>
    public const string Encoded = "encoded";

    /// <summary>The output of probabilities, float [N, units].</summary>
    public const string Probability = "probability";

    /// <summary>The input of a model that takes text, string [N].</summary>
    public const string Word = "word";

    /// <summary>The output of class names, string [N].</summary>
    public const string Label = "label";

    /// <summary>The output of predicted numbers, float [N, 1].</summary>
    public const string Prediction = "prediction";

    /// <summary>Whether the model knows each word, bool [N].</summary>
    public const string IsKnown = "is_known";

    internal const string BatchDimension = "N";
    internal const string Producer = "OnnxDeep";

    /// <summary>
    /// The version that last changed what is exported. It is not the module's own, so the same seed gives the same
    /// bytes in every version that exports the same.
    /// </summary>
    internal const string ProducerVersion = "0.6.0";

    /// <summary>The operators of classical machine learning, LabelEncoder among them.</summary>
    internal const string MachineLearningDomain = "ai.onnx.ml";

    /// <summary>ONNX's own domain, whose name may also be empty in files.</summary>
    public const string DefaultDomain = "ai.onnx";

    /// <summary>Replaces the empty name with <see cref="DefaultDomain"/>.</summary>
    public static string NormalizeDomain(string domain) => domain.Length == 0 ? DefaultDomain : domain;
}
