namespace OnnxDeep.Learning.Training;

/// <summary>A point of the curve SE = (y - ŷ)².</summary>
/// <param name="Predicted">ŷ.</param>
/// <param name="SquaredError">(y - ŷ)².</param>
/// <param name="Derivative">dSE/dŷ, which is 2ŷ - 2 where y is 1.</param>
public sealed record LossPoint(double Predicted, double SquaredError, double Derivative);
