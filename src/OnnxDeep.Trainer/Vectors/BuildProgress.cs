namespace OnnxDeep.Trainer.Vectors;

/// <summary>How far a build of word vectors is.</summary>
/// <param name="Activity">What is being done, for people.</param>
/// <param name="Fraction">Of the whole build, from 0 to 1.</param>
public readonly record struct BuildProgress(string Activity, double Fraction);
