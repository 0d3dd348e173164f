using System.Numerics;

using OnnxDeep.Onnx.Comparison;

namespace OnnxDeep.Inference.Comparison;

/// <summary>Finds the first value inside two models that differs, and says what could not be seen.</summary>
internal sealed class TensorFinder
{
    private readonly Dictionary<string, OutputComparison> _comparisons = new(StringComparer.Ordinal);

    /// <summary>What was found; null where it is not certain.</summary>
    public DifferingTensor? Tensor { get; private set; }

    /// <summary>How many values were looked at.</summary>
    public int Probes { get; private set; }

    /// <summary>What could not be seen; empty where there is nothing to say.</summary>
    public string Note { get; private set; } = string.Empty;

    /// <summary>Searches.</summary>
    /// <param name="reference">The reference's file.</param>
    /// <param name="difference">The other file.</param>
    /// <param name="name">The output that differs, as the reference calls it.</param>
    /// <param name="output">How far it is apart.</param>
    /// <param name="probe">Looks at values.</param>
    /// <param name="progress">
    /// Is told how far the search is, from 0 to 1, and asked for no text that is not shown.
    /// </param>
    public void Find(
        string reference,
        string difference,
        string name,
        OutputComparison output,
        ValueProbe probe,
        Action<double, Func<string>>? progress)
    {
        var flow = Dataflow.Read(reference);
        string[] common = [.. flow.Values.Intersect(Dataflow.Read(difference).Values)];
        int expected = BitOperations.Log2((uint)common.Length + 1) + 2;
        var search = new TensorSearch(flow, common, Look);
        Finding finding = search.Find(name);
        Probes = search.Probes;
        Note = Explain(finding);
        OutputComparison found = _comparisons.GetValueOrDefault(finding.Value, output);
        if (finding.Vanished is null && flow.TryGetProducer(finding.Value, out DataflowNode? node))
        {
            Tensor = new DifferingTensor(
                finding.Value,
                node.Name,
                node.Operator,
                found.Reference,
                found.Difference,
                found.MaxAbsoluteError,
                found.MaxRelativeError,
                found.FirstDifference!);
        }

        ProbeState Look(string value)
        {
            progress?.Invoke(Math.Min(1, (double)_comparisons.Count / expected), () => $"looking at '{value}'");
            Probe result = probe.Look(value);
            if (result.Comparison is not null)
            {
                _comparisons[value] = result.Comparison;
            }

            return result.State;
        }
    }

    private static string Explain(Finding finding) =>
        finding.Vanished is not null
            ? $"The difference shows in '{finding.Value}' and vanishes where '{finding.Vanished}' before it is looked "
                + "at, so no value can be named: it is caused by operators that the runtime fuses. "
                + "Compare without graph optimization."
        : finding.Unreadable is not null
            ? $"The runtime does not give '{finding.Unreadable}', which '{finding.Value}' is made of; "
                + "that may differ already."
        : finding.Unmatched is not null
            ? $"The other model has no '{finding.Unmatched}', which '{finding.Value}' is made of; "
                + "the difference may begin there."
        : string.Empty;
}
