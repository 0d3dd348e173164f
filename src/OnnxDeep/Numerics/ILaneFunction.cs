using System.Runtime.Intrinsics;

namespace OnnxDeep.Numerics;

/// <summary>A function of eight floats that the compiler specialises loops for.</summary>
internal interface ILaneFunction
{
    /// <summary>The function's values at the eight points.</summary>
    static abstract Vector256<float> Invoke(Vector256<float> x);
}
