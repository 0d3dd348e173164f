namespace OnnxDeep;

/// <summary>The first value inside two models that differs: what it is made of agrees.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Node">The reference's node that gives it: its name, else its operator and number.</param>
/// <param name="Operator">That node's operator.</param>
/// <param name="Reference">What the reference gave, such as <c>float [1, 5]</c>.</param>
/// <param name="Difference">What the other model gave.</param>
/// <param name="MaxAbsoluteError">The largest |difference - reference|; null where nothing was compared.</param>
/// <param name="MaxRelativeError">The largest |difference - reference| / |reference|; likewise.</param>
/// <param name="FirstDifference">The first difference beyond the tolerances.</param>
public sealed record DifferingTensor(
    string Name,
    string Node,
    string Operator,
    string Reference,
    string Difference,
    double? MaxAbsoluteError,
    double? MaxRelativeError,
    string FirstDifference)
{
    /// <summary>The value, and what gives it.</summary>
    public override string ToString() => $"{Name}, of the {Operator} node '{Node}'";
}
