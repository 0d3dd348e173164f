using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Comparison;

/// <summary>Sums up how far a value of two models is apart over any number of runs.</summary>
/// <param name="name">The value's name.</param>
/// <param name="comparer">Knows the tolerances.</param>
internal sealed class OutputMeasure(string name, ValueComparer comparer)
{
    private readonly ValueDifference _errors = new();
    private string _reference = string.Empty;
    private string _difference = string.Empty;

    /// <summary>Whether a difference beyond the tolerances was among them.</summary>
    public bool Differs => _errors.First is not null;

    /// <summary>Compares the values of a run.</summary>
    /// <param name="run">Such as <c>seed 42, </c>; empty for a single run.</param>
    /// <param name="reference">What is expected.</param>
    /// <param name="difference">What the other model gave.</param>
    public void Add(string run, OnnxValue reference, OnnxValue difference)
    {
        if (_reference.Length == 0)
        {
            (_reference, _difference) = ($"{reference}", $"{difference}");
        }

        comparer.Compare($"{run}'{name}'", difference, reference, _errors);
    }

    /// <summary>What was found.</summary>
    public OutputComparison ToComparison()
    {
        bool isCompared = _errors.Elements > 0;
        return new OutputComparison(
            name,
            _reference,
            _difference,
            !Differs,
            isCompared ? _errors.MaxAbsoluteError : null,
            isCompared ? _errors.MaxRelativeError : null,
            _errors.First);
    }
}
