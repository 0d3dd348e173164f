using OnnxDeep.Onnx.Comparison;

namespace OnnxDeep.Inference.Comparison;

/// <summary>
/// Finds the first value that differs between two models with a binary search. In a chain, all values after it differ;
/// in a graph with branches they may not, so the search also examines the sources of the value that it finds.
/// </summary>
internal sealed class TensorSearch
{
    private readonly Dataflow _flow;
    private readonly HashSet<string> _common;
    private readonly Func<string, ProbeState> _probe;
    private readonly Dictionary<string, ProbeState> _seen = new(StringComparer.Ordinal);

    /// <summary>Creates a search.</summary>
    /// <param name="flow">The data flow of the reference.</param>
    /// <param name="common">The values that the other model has as well.</param>
    /// <param name="probe">Examines a value; called once for each.</param>
    public TensorSearch(Dataflow flow, IEnumerable<string> common, Func<string, ProbeState> probe)
    {
        _flow = flow;
        _common = common.ToHashSet(StringComparer.Ordinal);
        _probe = probe;
    }

    /// <summary>The number of values that were examined.</summary>
    public int Probes => _seen.Count;

    /// <summary>Searches the values that an output is computed from.</summary>
    /// <param name="output">An output that differs; returned itself if no value before it differs.</param>
    public Finding Find(string output)
    {
        string value = output;
        while (true)
        {
            value = Halve(value);
            IReadOnlySet<string> sources = _flow.GetAncestors(
                value, name => _common.Contains(name) && IsKnown(Look(name)));
            if (First(name => Is(name, ProbeState.Differs)) is not string earlier)
            {
                return new Finding(
                    value,
                    First(name => Is(name, ProbeState.Vanishes)),
                    First(name => Is(name, ProbeState.Unreadable)),
                    First(name => !_common.Contains(name)));
            }

            value = earlier;

            string? First(Func<string, bool> matches) =>
                _flow.Values.FirstOrDefault(name => sources.Contains(name) && matches(name));
        }
    }

    private static bool IsKnown(ProbeState state) => state is ProbeState.Agrees or ProbeState.Differs;

    private bool Is(string value, ProbeState state) => _seen.TryGetValue(value, out ProbeState seen) && seen == state;

    // The first differing value if all values after it differ, too; skips values that cannot be judged.
    private string Halve(string value)
    {
        IReadOnlySet<string> ancestors = _flow.GetAncestors(value);
        List<string> values = [.. _flow.Values.Where(name => ancestors.Contains(name) && _common.Contains(name))];
        int low = 0;
        while (low < values.Count)
        {
            int middle = (low + values.Count) / 2;
            switch (Look(values[middle]))
            {
                case ProbeState.Agrees:
                    low = middle + 1;
                    break;
                case ProbeState.Differs:
                    value = values[middle];
                    values.RemoveRange(middle, values.Count - middle);
                    break;
                default:
                    values.RemoveAt(middle);
                    break;
            }
        }

        return value;
    }

    private ProbeState Look(string value)
    {
        if (!_seen.TryGetValue(value, out ProbeState state))
        {
            state = _probe(value);
            _seen.Add(value, state);
        }

        return state;
    }

    /// <summary>Where two models begin to differ, and what separates that value from the values that agree.</summary>
    /// <param name="Value">The first value that differs of those that could be examined.</param>
    /// <param name="Vanished">
    /// A value that it is computed from whose examination made the difference disappear; null if there is none.
    /// </param>
    /// <param name="Unreadable">
    /// A value that it is computed from and that the runtime does not return; null if there is none.
    /// </param>
    /// <param name="Unmatched">
    /// A value that it is computed from and that the other model does not have; null if there is none.
    /// </param>
    internal sealed record Finding(string Value, string? Vanished, string? Unreadable, string? Unmatched);
}

/// <summary>The result of examining a value inside two models.</summary>
internal enum ProbeState
{
    /// <summary>The value agrees, and the output still differs.</summary>
    Agrees,

    /// <summary>The value differs.</summary>
    Differs,

    /// <summary>
    /// The value agrees, and so does the output: examining it changed the result, because the runtime fuses other
    /// operators.
    /// </summary>
    Vanishes,

    /// <summary>The runtime does not return the value.</summary>
    Unreadable,
}

/// <summary>An examined value inside two models.</summary>
/// <param name="State">The result.</param>
/// <param name="Comparison">How much the value differs; null if it was not returned.</param>
internal sealed record Probe(ProbeState State, OutputComparison? Comparison);
