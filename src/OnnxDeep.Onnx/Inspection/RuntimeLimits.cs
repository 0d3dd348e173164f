using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// The limits of ONNX Runtime 1.31, which is part of this version; a test compares them with the runtime itself.
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
            string domain = OperatorDomain.Normalize(set.Domain);
            long? limit = domain switch
            {
                OperatorDomain.Default => Opset, OnnxNames.MachineLearningDomain => MachineLearningOpset, _ => null,
            };
            if (set.Version > limit)
            {
                yield return $"The model uses opset {set.Version} of {domain}; {Runtime} supports up to {limit}. "
                    + $"Export it with opset {limit} or older.";
            }
        }

        var functions = model.Functions
            .Select(function => (OperatorDomain.Normalize(function.Domain), function.Name))
            .ToHashSet();
        foreach (OnnxOperatorCount count in operators)
        {
            if (!KnownOperators.Contains(count.Domain, count.Operator)
                && !functions.Contains((count.Domain, count.Operator)))
            {
                yield return $"The operator '{count.Operator}' of {count.Domain} is unknown to {Runtime} "
                    + $"with opset {Opset} of ai.onnx and {MachineLearningOpset} of ai.onnx.ml. "
                    + "Export the model without it, or run it with a library of custom operators that has it.";
            }
        }
    }
}
