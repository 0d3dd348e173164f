using System.Diagnostics;
using System.Text.RegularExpressions;

using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Testing;

/// <summary>
/// Runs a test folder with the ONNX backend-test layout: a model and, in each test_data_set_N folder, its inputs and
/// the expected outputs, in the order of the graph.
/// </summary>
internal sealed partial class ModelTest
{
    private readonly ModelTestFolder _folder;
    private readonly ValueComparer _comparer;
    private readonly ValueDifference _difference = new();
    private readonly List<string> _remarks = [];
    private int _dataSets;

    private ModelTest(ModelTestFolder folder, ValueComparer comparer)
    {
        _folder = folder;
        _comparer = comparer;
    }

    /// <summary>Runs a folder; all of its problems are reported in the result.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="comparer">The comparer, which holds the tolerances.</param>
    /// <param name="provider">The execution provider; null for the CPU.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ModelTestResult Run(
        ModelTestFolder folder,
        ValueComparer comparer,
        ExecutionProvider? provider = null,
        CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        var test = new ModelTest(folder, comparer);
        bool isSkipped = false;
        string reason;
        try
        {
            reason = test.Run(provider, cancellationToken);
        }
        catch (ModelException e) when (e.InnerException is OnnxRuntimeException cause
            && FindGap(cause.Message) is not null)
        {
            isSkipped = true;
            reason = test.Explain(FindGap(e.InnerException!.Message)!);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A problem with one folder must not stop the other folders of a tree.
            reason = e.Message;
        }

        bool isCompared = test._difference.Elements > 0 && !isSkipped;
        return new ModelTestResult(
            folder.Name,
            reason.Length == 0,
            isSkipped,
            reason,
            isCompared ? test._difference.MaxAbsoluteError : null,
            isCompared ? test._difference.MaxRelativeError : null,
            test._difference.First,
            test._dataSets,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            folder.Path)
        {
            Provider = (provider ?? ExecutionProvider.Cpu).Name,
            Remarks = [.. test._remarks.Distinct()],
        };
    }

    // Names the operators even if the runtime's message does not.
    private string Explain(string reason)
    {
        try
        {
            IReadOnlyList<string> operators = OnnxSignature.Read(_folder.Model).Operators;
            return operators.Any(name => reason.Contains(name, StringComparison.Ordinal))
                ? reason
                : $"{reason} The model's operators are: {string.Join(", ", operators)}.";
        }
        catch (FileFormatException)
        {
            return reason;
        }
    }

    // NumPy has no bfloat16, so its test data holds the bits as uint16.
    private static OnnxValue Reinterpret(OnnxValue value, OnnxType type) =>
        value is OnnxTensor { ElementType: OnnxElementType.UInt16 } bits && type.ElementType == OnnxElementType.BFloat16
            ? new OnnxTensor(OnnxElementType.BFloat16, bits.Shape, bits.Bytes)
            : value;

    // Returns an empty string if the test passes.
    private string Run(ExecutionProvider? provider, CancellationToken cancellationToken)
    {
        if (_folder.DataSets.Count == 0)
        {
            return $"The folder '{_folder.Path}' has no test_data_set_N with expected outputs. Add one.";
        }

        using var session = OnnxSession.Open(
            _folder.Model, provider, new SessionSettings(), cancellationToken);
        var signature = OnnxSignature.Read(_folder.Model);
        foreach (string dataSet in _folder.DataSets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(session, signature, dataSet, cancellationToken);
        }

        if (_difference.First is null)
        {
            return string.Empty;
        }

        IReadOnlyList<string> random = RandomDraws.Read(_folder.Model).Operators;
        return random.Count == 0
            ? "An output differs from the expected value."
            : $"An output differs from the expected value; the model draws random numbers "
                + $"({string.Join(", ", random)}).";
    }

    private void Run(OnnxSession session, OnnxSignature signature, string dataSet, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> inputFiles = ModelTestFolder.GetFiles(dataSet, "input");
        OnnxParameter[] bound = Bind(signature, inputFiles.Count)
            ?? throw new ModelException(
                ErrorIds.ModelInputMismatch,
                $"The model takes {Quantity.Of(signature.Inputs.Count(input => !input.HasDefault), "input")}, "
                + $"but '{dataSet}' has "
                + $"{inputFiles.Count}.");
        var inputs = new Dictionary<string, OnnxValue>(StringComparer.Ordinal);
        for (int i = 0; i < inputFiles.Count; i++)
        {
            inputs.Add(
                bound[i].Name, Reinterpret(TensorFile.ReadProto(inputFiles[i], bound[i].Type.Kind), bound[i].Type));
        }

        IReadOnlyList<string> outputFiles = ModelTestFolder.GetFiles(dataSet, "output");
        if (outputFiles.Count == 0 || outputFiles.Count != signature.Outputs.Count)
        {
            throw new ModelException(
                ErrorIds.ModelOutputMismatch,
                $"The model has {Quantity.Of(signature.Outputs.Count, "output")}, "
                + $"but '{dataSet}' expects {outputFiles.Count}.");
        }

        IReadOnlyList<OnnxParameter> outputs = signature.Outputs;
        IReadOnlyList<OnnxValue> given = session.Run(
            inputs,
            [.. outputs.Select(output => output.Name)],
            signature.Inputs.ToDictionary(input => input.Name, input => input.Type),
            cancellationToken);
        _dataSets++;
        for (int i = 0; i < outputs.Count; i++)
        {
            OnnxTypeKind kind = outputs[i].Type.Kind;
            OnnxValue expected = TensorFile.ReadProto(
                outputFiles[i],
                kind == OnnxTypeKind.Unknown && given[i] is OnnxSequence ? OnnxTypeKind.Sequence : kind);
            var difference = new ValueDifference();
            _comparer.Compare(
                $"output '{outputs[i].Name}'", given[i], Reinterpret(expected, outputs[i].Type), difference);
            _difference.Add(difference);
            if (_comparer.Doubt(outputs[i].Name, difference) is string doubt)
            {
                _remarks.Add(doubt);
            }
        }
    }

    // Up to the number of required inputs, the data belongs to the required inputs; beyond that, to all inputs of the
    // graph in order.
    private static OnnxParameter[]? Bind(OnnxSignature signature, int count)
    {
        OnnxParameter[] required = [.. signature.Inputs.Where(input => !input.HasDefault)];
        return count <= required.Length ? [.. required.Take(count)]
            : count <= signature.Inputs.Count ? [.. signature.Inputs.Take(count)]
            : null;
    }

    // Returns which feature this build of the runtime does not support; null if the model is invalid.
    private static string? FindGap(string message)
    {
        Match match = OperatorPattern().Match(message);
        return match.Success
                ? $"This runtime does not implement the operator {match.Groups["name"].Value}{GapVersion(match)}."
            : VersionPattern().IsMatch(message) ? $"This runtime does not support the model's version. {message}"
            : message.Contains("Unregistered TensorElementType", StringComparison.Ordinal)
                    ? $"This runtime's .NET interface does not support an element type. {message}"
                : GapPattern().IsMatch(message) ? $"This runtime does not support a feature of the model. {message}"
            : null;
    }

    private static string GapVersion(Match match) =>
        match.Groups["version"].Value is { Length: > 0 } version and not "-1" ? $" in version {version}" : string.Empty;

    [GeneratedRegex(
        @"(implementation for|find kernel for|No Op registered for) (?<name>[\w.:]+)"
        + @"(\(| with domain_version of )(?<version>-?\d+)"
        + @"|(?<name>[\w.:]+)\((?<version>-?\d+)\) is not a registered function/op")]
    private static partial Regex OperatorPattern();

    [GeneratedRegex(
        @"Unsupported model IR version|ONNX Runtime only \*guarantees\* support"
        + "|is under development and support for this is limited")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(
        @"ErrorCode:NotImplemented|Exception during initialization: .* (is|are) not (supported|implemented)",
        RegexOptions.Singleline)]
    private static partial Regex GapPattern();
}
