using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Plots.Pictures;

/// <summary>The weights of one dense layer as a heat map.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Layer">The layer.</param>
public sealed record WeightPlot(string Model, DenseLayerInfo Layer) : PlotData
{
    /// <inheritdoc/>
    public override string DefaultTitle =>
        $"{Model}: weights of layer {Layer.Name}, {Layer.Inputs} × {Layer.Units}, {Layer.Activation}";

    /// <summary>
    /// The largest absolute value of a finite weight; 1 if all are 0, so that the scale is never empty.
    /// </summary>
    public double Extent
    {
        get
        {
            double extent = 0;
            foreach (float weight in Layer.Weights)
            {
                extent = float.IsFinite(weight) ? Math.Max(extent, Math.Abs(weight)) : extent;
            }

            return extent > 0 ? extent : 1;
        }
    }
}
