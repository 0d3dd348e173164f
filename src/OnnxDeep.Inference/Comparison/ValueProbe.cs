using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Comparison;

/// <summary>
/// Examines values inside two models, one at a time, because every extra output prevents the runtime from fusing
/// operators across it.
/// </summary>
/// <param name="reference">The first model.</param>
/// <param name="difference">The second model.</param>
/// <param name="run">A run in which an output differs.</param>
/// <param name="comparer">The comparer, which holds the tolerances.</param>
/// <param name="cancellationToken">Cancels the run.</param>
internal sealed class ValueProbe(
    ComparedModel reference,
    ComparedModel difference,
    FailedRun run,
    ValueComparer comparer,
    CancellationToken cancellationToken)
{
    /// <summary>Runs both models again and compares a value that nodes of both compute.</summary>
    /// <exception cref="FileFormatException">A model is too large to be copied.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public Probe Look(string value)
    {
        IReadOnlyList<OnnxValue> expected;
        IReadOnlyList<OnnxValue> given;
        try
        {
            expected = Run(reference, value, run.Output.Reference, run.ReferenceInputs);
            given = Run(difference, value, run.Output.Difference, run.DifferenceInputs);
        }
        catch (ModelException)
        {
            return new Probe(ProbeState.Unreadable, null);
        }

        var inside = new OutputMeasure(value, comparer);
        inside.Add(string.Empty, expected[0], given[0]);
        var output = new OutputMeasure(run.Output.Name, comparer);
        output.Add(string.Empty, expected[^1], given[^1]);
        ProbeState state = inside.Differs ? ProbeState.Differs
            : output.Differs ? ProbeState.Agrees
            : ProbeState.Vanishes;
        return new Probe(state, inside.ToComparison());
    }

    private IReadOnlyList<OnnxValue> Run(
        ComparedModel model, string value, string output, IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isOutput = OnnxSignature.Read(model.Path).Outputs.Any(known => known.Name == value);
        using OnnxSession session = model.Open(isOutput ? [] : [value], cancellationToken);
        return new ModelRunner(session, value == output ? [value] : [value, output]).Run(inputs, cancellationToken);
    }
}
