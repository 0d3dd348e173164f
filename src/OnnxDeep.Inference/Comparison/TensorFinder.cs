using System.Numerics;

using OnnxDeep.Onnx.Comparison;

namespace OnnxDeep.Inference.Comparison;

/// <summary>Finds the first differing value inside two models and explains what the search could not examine.</summary>
internal sealed class TensorFinder
{
    private readonly Dictionary<string, OutputComparison> _comparisons = new(StringComparer.Ordinal);

    /// <summary>The value that was found; null if it is uncertain.</summary>
    public DifferingTensor? Tensor { get; private set; }

    /// <summary>The number of values that were examined.</summary>
    public int Probes { get; private set; }

    /// <summary>What could not be examined; empty if there is nothing to report.</summary>
    public string Note { get; private set; } = string.Empty;

    /// <summary>Runs the search.</summary>
    /// <param name="reference">The reference's file.</param>
    /// <param name="difference">The other file.</param>
    /// <param name="name">The reference's name of the output that differs.</param>
    /// <param name="output">The differences of that output.</param>
    /// <param name="probe">Examines single values.</param>
    /// <param name="progress">
    /// Receives the progress of the search, from 0 to 1; its text is created only if it is displayed.
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
        TensorSearch.Finding finding = search.Find(name);
        Probes = search.Probes;
        Note = Explain(finding);
        OutputComparison found = _comparisons.GetValueOrDefault(finding.Value, output);
        if (finding.Vanished is null && flow.TryGetProducer(finding.Value, out Dataflow.Node? node))
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
            progress?.Invoke(Math.Min(1, (double)_comparisons.Count / expected), () => $"examining '{value}'");
            Probe result = probe.Look(value);
            if (result.Comparison is not null)
            {
                _comparisons[value] = result.Comparison;
            }

            return result.State;
        }
    }

    private static string Explain(TensorSearch.Finding finding) =>
        finding.Vanished is not null
            ? $"The difference appears in '{finding.Value}' but disappears when its source '{finding.Vanished}' is "
                + "returned as well. It is caused by operators that the runtime fuses, so no value can be named. "
                + "Compare without graph optimization."
        : finding.Unreadable is not null
            ? $"The runtime does not return '{finding.Unreadable}', from which '{finding.Value}' is computed; "
                + "it may already differ."
        : finding.Unmatched is not null
            ? $"The other model has no '{finding.Unmatched}', from which '{finding.Value}' is computed; "
                + "the difference may begin there."
        : string.Empty;
}
