using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;

namespace OnnxDeep.Learning.Tables;

/// <summary>
/// Rows whose features depend on the rows that they are fitted to: means, medians and categories come from the training
/// rows alone, so the test rows stay unknown to the training.
/// </summary>
public abstract class ExampleSource
{
    /// <summary>The number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>Fits the features to some rows.</summary>
    /// <param name="rows">The training rows, at least one.</param>
    public abstract FittedFeatures Fit(ReadOnlySpan<int> rows);
}

/// <summary>Computes the features of any row of its source.</summary>
public abstract class FittedFeatures
{
    /// <summary>The number of features.</summary>
    public abstract int Width { get; }

    /// <summary>
    /// What the model file stores about the columns; null if the model takes the features themselves.
    /// </summary>
    public virtual TableSchema? Schema => null;

    /// <summary>The scaling that turns the model's inputs into the features; null for none.</summary>
    public virtual Standardization? Standardization => null;

    /// <summary>Writes the features of a row.</summary>
    /// <param name="row">The row of the source.</param>
    /// <param name="features">[<see cref="Width"/>].</param>
    public abstract void Encode(int row, Span<float> features);

    /// <summary>Computes the features of rows, [rows, <see cref="Width"/>].</summary>
    public float[,] Encode(ReadOnlySpan<int> rows)
    {
        float[,] features = new float[rows.Length, Width];
        for (int i = 0; i < rows.Length; i++)
        {
            Encode(rows[i], features.GetRowSpan(i));
        }

        return features;
    }
}

/// <summary>Rows of numbers, such as the vectors of words.</summary>
/// <param name="features">[rows, width].</param>
/// <param name="standardizes">Whether each number is scaled to mean 0 and deviation 1 of the training rows.</param>
public sealed class MatrixFeatures(float[,] features, bool standardizes = false) : ExampleSource
{
    /// <inheritdoc/>
    public override int Rows => features.GetLength(0);

    /// <inheritdoc/>
    public override FittedFeatures Fit(ReadOnlySpan<int> rows)
    {
        var raw = new Fitted(features, null);
        return standardizes ? new Fitted(features, Data.Standardization.Of(raw.Encode(rows))) : raw;
    }

    private sealed class Fitted(float[,] features, Standardization? standardization) : FittedFeatures
    {
        public override int Width => features.GetLength(1);

        public override Standardization? Standardization => standardization;

        public override void Encode(int row, Span<float> output)
        {
            features.GetRowSpan(row).CopyTo(output);
            standardization?.Apply(output);
        }
    }
}
