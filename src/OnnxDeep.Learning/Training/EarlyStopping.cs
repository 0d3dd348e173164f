namespace OnnxDeep.Learning.Training;

/// <summary>Ends training when the validation loss has stopped falling, and goes back to the best weights.</summary>
/// <param name="Patience">The epochs without a better validation loss that are waited for.</param>
/// <param name="MinimumDelta">How much smaller a loss must be to count as better.</param>
public sealed record EarlyStopping(int Patience = 10, double MinimumDelta = 0);
