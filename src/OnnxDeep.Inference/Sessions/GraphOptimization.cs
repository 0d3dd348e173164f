namespace OnnxDeep.Inference.Sessions;

/// <summary>How far ONNX Runtime rewrites a graph before it runs.</summary>
public enum GraphOptimization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Constants folded and what has no effect removed.</summary>
    Basic,

    /// <summary>Operators fused as well.</summary>
    Extended,

    /// <summary>All of it, the layout in memory as well.</summary>
    All,
}
