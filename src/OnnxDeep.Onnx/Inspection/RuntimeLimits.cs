using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// The limits of ONNX Runtime 1.31, which is part of this version, and the operators of all versions that it supports
/// in ONNX's own domains; a test compares them with the runtime itself.
/// </summary>
internal static class RuntimeLimits
{
    /// <summary>The runtime that the limits apply to.</summary>
    public const string Runtime = "ONNX Runtime 1.31";

    /// <summary>The latest file format.</summary>
    public const long IrVersion = 13;

    /// <summary>The latest opset of ai.onnx.</summary>
    public const long Opset = 26;

    /// <summary>The latest opset of ai.onnx.ml.</summary>
    public const long MachineLearningOpset = 5;

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

    /// <summary>Describes each problem with a model in a sentence or two that name the limit and the way out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="operators">Its operators.</param>
    public static IEnumerable<string> Check(ModelProto model, IEnumerable<OnnxOperatorCount> operators)
    {
        if (model.IrVersion > IrVersion)
        {
            yield return $"The file has IR version {model.IrVersion}; {Runtime} supports up to {IrVersion}. "
                + "Export it with an older ONNX.";
        }

        foreach (OperatorSetIdProto set in model.OpsetImport)
        {
            string domain = OnnxNames.NormalizeDomain(set.Domain);
            long? limit = domain switch
            {
                OnnxNames.DefaultDomain => Opset, OnnxNames.MachineLearningDomain => MachineLearningOpset, _ => null,
            };
            if (set.Version > limit)
            {
                yield return $"The model uses opset {set.Version} of {domain}; {Runtime} supports up to {limit}. "
                    + $"Export it with opset {limit} or older.";
            }
        }

        var functions = model.Functions
            .Select(function => (OnnxNames.NormalizeDomain(function.Domain), function.Name))
            .ToHashSet();
        foreach (OnnxOperatorCount count in operators)
        {
            if (!HasOperator(count.Domain, count.Operator)
                && !functions.Contains((count.Domain, count.Operator)))
            {
                yield return $"The operator '{count.Operator}' of {count.Domain} is unknown to {Runtime} "
                    + $"with opset {Opset} of ai.onnx and {MachineLearningOpset} of ai.onnx.ml. "
                    + "Export the model without it, or run it with a library of custom operators that has it.";
            }
        }
    }

    /// <summary>The operators of a domain; empty for a domain that is not listed here.</summary>
    public static IReadOnlySet<string> OperatorsOf(string domain) => domain switch
    {
        OnnxNames.DefaultDomain => s_default,
        OnnxNames.MachineLearningDomain => s_machineLearning,
        _ => new HashSet<string>(),
    };

    /// <summary>Whether the runtime has an operator; all operators of its own domains are assumed to exist.</summary>
    public static bool HasOperator(string domain, string name) =>
        s_others.Contains(domain) || OperatorsOf(domain).Contains(name);

    private static string[] Split(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
