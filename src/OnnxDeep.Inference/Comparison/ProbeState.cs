namespace OnnxDeep.Inference.Comparison;

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
