namespace OnnxDeep.Plots.Pictures;

/// <summary>One epoch of a training history.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Over the training rows.</param>
/// <param name="Accuracy">Share from 0 to 1 of the training rows, if it is known.</param>
/// <param name="ValidationLoss">Over the validation rows, if there are any.</param>
/// <param name="ValidationAccuracy">Share from 0 to 1 of the validation rows, if there are any.</param>
public sealed record EpochPoint(
    double Epoch,
    double Loss,
    double? Accuracy = null,
    double? ValidationLoss = null,
    double? ValidationAccuracy = null);
