using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Comparison;

/// <summary>Accumulates the differences between a value of two models over any number of runs.</summary>
/// <param name="name">The value's name.</param>
/// <param name="comparer">The comparer, which holds the tolerances.</param>
internal sealed class OutputMeasure(string name, ValueComparer comparer)
{
    private readonly ValueDifference _errors = new();
    private string _reference = string.Empty;
    private string _difference = string.Empty;

    /// <summary>Whether any difference was beyond the tolerances.</summary>
    public bool Differs => _errors.First is not null;

    /// <summary>Why agreement does not show much; null if there is no such reason.</summary>
    public string? Doubt => comparer.Doubt(name, _errors);

    /// <summary>Compares the values of one run.</summary>
    /// <param name="run">A label such as <c>seed 42, </c>; empty for a single run.</param>
    /// <param name="reference">The expected value.</param>
    /// <param name="difference">The value of the other model.</param>
    public void Add(string run, OnnxValue reference, OnnxValue difference)
    {
        if (_reference.Length == 0)
        {
            (_reference, _difference) = ($"{reference}", $"{difference}");
        }

        comparer.Compare($"{run}'{name}'", difference, reference, _errors);
    }

    /// <summary>Returns the accumulated result.</summary>
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
