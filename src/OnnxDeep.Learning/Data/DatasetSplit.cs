namespace OnnxDeep.Learning.Data;

/// <summary>A data set cut in two, with the row numbers that each part came from.</summary>
/// <param name="Train">The rows to train on.</param>
/// <param name="Test">The rows held back.</param>
/// <param name="TrainRows">Where each training row stood.</param>
/// <param name="TestRows">Where each test row stood.</param>
public sealed record DatasetSplit(
    Dataset Train, Dataset Test, IReadOnlyList<int> TrainRows, IReadOnlyList<int> TestRows);
