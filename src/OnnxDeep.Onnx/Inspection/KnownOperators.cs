using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>The operators of all versions that ONNX Runtime supports in ONNX's own domains.</summary>
internal static class KnownOperators
{
    private const string Standard = """
        Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool
        BatchNormalization Bernoulli BitCast BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor BlackmanWindow Cast
        CastLike Ceil Celu CenterCropPad Clip Col2Im Compress Concat ConcatFromSequence Constant ConstantOfShape
        Conv ConvInteger ConvTranspose Cos Cosh CumProd CumSum DFT DeformConv DepthToSpace DequantizeLinear Det Div
        Dropout DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather
        GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual
        GridSample GroupNormalization HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If
        ImageDecoder InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual Log
        LogSoftmax Loop LpNormalization LpPool MatMul MatMulInteger Max MaxPool MaxRoiPool MaxUnpool Mean
        MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial Neg NegativeLogLikelihoodLoss
        NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement Or PRelu Pad Pow
        QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal RandomNormalLike RandomUniform
        RandomUniformLike Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean
        ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu Reshape Resize ReverseSequence RoiAlign
        RotaryEmbedding Round STFT Scan Scatter ScatterElements ScatterND Selu SequenceAt SequenceConstruct
        SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shape Shrink Sigmoid Sign Sin Sinh
        Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split SplitToSequence Sqrt Squeeze
        StringConcat StringNormalizer StringSplit Sub Sum Swish Tan Tanh TensorScatter TfIdfVectorizer
        ThresholdedRelu Tile TopK Transpose Trilu Unique Unsqueeze Upsample Where Xor
        """;

    // Early experimental operators of ONNX that the runtime still supports.
    private const string Experimental = """
        ATen Affine ConstantFill Crop DynamicSlice GRUUnit GivenTensorFill ImageScaler ParametricSoftplus ScaledTanh
        SimplifiedLayerNormalization
        """;

    private const string MachineLearning = """
        ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer LabelEncoder
        LinearClassifier LinearRegressor Normalizer OneHotEncoder SVMClassifier SVMRegressor Scaler TreeEnsemble
        TreeEnsembleClassifier TreeEnsembleRegressor ZipMap
        """;

    private static readonly HashSet<string> s_default = [.. Split(Standard), .. Split(Experimental)];
    private static readonly HashSet<string> s_machineLearning = [.. Split(MachineLearning)];

    // The runtime's own domains, whose operators change between its versions.
    private static readonly HashSet<string> s_others =
    [
        "ai.onnx.preview.training", "ai.onnx.preview", "ai.onnx.training", "com.microsoft",
        "com.microsoft.experimental", "com.microsoft.nchwc", "com.ms.internal.nhwc", "org.pytorch.aten",
    ];

    /// <summary>The operators of a domain; empty for a domain that is not listed here.</summary>
    public static IReadOnlySet<string> Of(string domain) => domain switch
    {
        OperatorDomain.Default => s_default,
        OnnxNames.MachineLearningDomain => s_machineLearning,
        _ => new HashSet<string>(),
    };

    /// <summary>Whether the runtime has an operator; all operators of its own domains are assumed to exist.</summary>
    public static bool Contains(string domain, string name) => s_others.Contains(domain) || Of(domain).Contains(name);

    private static string[] Split(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The domains of operators.</summary>
internal static class OperatorDomain
{
    /// <summary>ONNX's own domain, whose name may also be empty in files.</summary>
    public const string Default = "ai.onnx";

    /// <summary>Replaces the empty name with <see cref="Default"/>.</summary>
    public static string Normalize(string domain) => domain.Length == 0 ? Default : domain;
}
