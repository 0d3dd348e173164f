using OnnxDeep.Onnx.Comparison;

namespace OnnxDeep.Inference.Comparison;

/// <summary>
/// Finds the first value that differs between two models by halving. Along a chain everything behind that value
/// differs; branches are another matter, so that what the value found is made of is looked at as well.
/// </summary>
internal sealed class TensorSearch
{
    private readonly Dataflow _flow;
    private readonly HashSet<string> _common;
    private readonly Func<string, ProbeState> _probe;
    private readonly Dictionary<string, ProbeState> _seen = new(StringComparer.Ordinal);

    /// <summary>Gets ready.</summary>
    /// <param name="flow">The reference's.</param>
    /// <param name="common">The values that the other model has as well.</param>
    /// <param name="probe">Looks at a value; asked once for each.</param>
    public TensorSearch(Dataflow flow, IEnumerable<string> common, Func<string, ProbeState> probe)
    {
        _flow = flow;
        _common = common.ToHashSet(StringComparer.Ordinal);
        _probe = probe;
    }

    /// <summary>How many values were looked at.</summary>
    public int Probes => _seen.Count;

    /// <summary>Searches what an output is made of.</summary>
    /// <param name="output">One that differs; found itself where nothing before it does.</param>
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

    // The first value that differs where one differs behind the other; what cannot be judged is left out.
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
}

/// <summary>Where two models begin to differ, and what stands between that and the values that agree.</summary>
/// <param name="Value">The first value that differs of those that could be looked at.</param>
/// <param name="Vanished">
/// A value that it is made of, which made the difference vanish when it was looked at; null for none.
/// </param>
/// <param name="Unreadable">Likewise, one that the runtime does not give.</param>
/// <param name="Unmatched">Likewise, one that the other model does not have.</param>
internal sealed record Finding(string Value, string? Vanished, string? Unreadable, string? Unmatched);

/// <summary>What came of looking at a value inside two models.</summary>
internal enum ProbeState
{
    /// <summary>It agrees, and the output still differs.</summary>
    Agrees,

    /// <summary>It differs.</summary>
    Differs,

    /// <summary>
    /// It agrees, and so does the output: looking on changed what is looked at, since the runtime fuses operators
    /// otherwise.
    /// </summary>
    Vanishes,

    /// <summary>The runtime does not give it.</summary>
    Unreadable,
}

/// <summary>A value inside two models, looked at.</summary>
/// <param name="State">What came of it.</param>
/// <param name="Comparison">How far it is apart; null where it was not given.</param>
internal sealed record Probe(ProbeState State, OutputComparison? Comparison);
