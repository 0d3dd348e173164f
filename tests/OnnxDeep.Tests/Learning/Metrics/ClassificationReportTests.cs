using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Tests.Learning.Metrics;

/// <summary>The expected texts are scikit-learn's output for the same counts.</summary>
public sealed class ClassificationReportTests
{
    [Fact]
    public void TwoClassesWithTiesToEven() => AssertReport(
        new[,] { { 7, 1 }, { 3, 5 } },
        ["not food", "food"],
        2,
        """
                      precision    recall  f1-score   support

            not food       0.70      0.88      0.78         8
                food       0.83      0.62      0.71         8

            accuracy                           0.75        16
           macro avg       0.77      0.75      0.75        16
        weighted avg       0.77      0.75      0.75        16

        """);

    [Fact]
    public void UndefinedRatiosAreZero() => AssertReport(
        new[,] { { 0, 12 }, { 0, 18 } },
        ["0", "1"],
        2,
        """
                      precision    recall  f1-score   support

                   0       0.00      0.00      0.00        12
                   1       0.60      1.00      0.75        18

            accuracy                           0.60        30
           macro avg       0.30      0.50      0.37        30
        weighted avg       0.36      0.60      0.45        30

        """);

    [Fact]
    public void ThreeClassesALongLabelAndThreeDigits() => AssertReport(
        new[,] { { 5, 1, 0 }, { 2, 3, 3 }, { 0, 0, 0 } },
        ["a cat", "a rather long label", "c"],
        3,
        """
                             precision    recall  f1-score   support

                      a cat      0.714     0.833     0.769         6
        a rather long label      0.750     0.375     0.500         8
                          c      0.000     0.000     0.000         0

                   accuracy                          0.571        14
                  macro avg      0.488     0.403     0.423        14
               weighted avg      0.735     0.571     0.615        14

        """);

    // Python formats f"{1/8:.2f}" as 0.12, f"{3/8:.2f}" as 0.38, f"{1/16:.3f}" as 0.062.
    [Theory]
    [InlineData(1, 8, 2, "0.12")]
    [InlineData(3, 8, 2, "0.38")]
    [InlineData(5, 8, 2, "0.62")]
    [InlineData(7, 8, 2, "0.88")]
    [InlineData(1, 16, 3, "0.062")]
    [InlineData(3, 16, 3, "0.188")]
    [InlineData(1, 2, 0, "0")]
    public void ExactTiesGoToTheEvenDigit(int right, int all, int digits, string expected)
    {
        var matrix = new ConfusionMatrix(2);
        for (int i = 0; i < all; i++)
        {
            matrix.Add(1, i < right ? 1 : 0);
        }

        string row = ClassificationReport.Format(matrix, ["a", "b"], digits).Split('\n')[3];
        Assert.Equal(expected, row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]);
    }

    [Fact]
    public void MatrixSaysWhichRatiosAreUndefined()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(1, 1);

        Assert.False(matrix.IsPrecisionDefined(0));
        Assert.False(matrix.IsRecallDefined(0));
        Assert.True(matrix.IsPrecisionDefined(1));
        Assert.Equal(1, matrix.Accuracy);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, 0));
    }

    [Fact]
    public void LabelsMustFitTheMatrix() =>
        Assert.Throws<ArgumentException>(() => ClassificationReport.Format(new ConfusionMatrix(3), ["a", "b"]));

    private static void AssertReport(int[,] counts, string[] labels, int digits, string expected)
    {
        var matrix = new ConfusionMatrix(labels.Length);
        for (int truth = 0; truth < labels.Length; truth++)
        {
            for (int predicted = 0; predicted < labels.Length; predicted++)
            {
                for (int i = 0; i < counts[truth, predicted]; i++)
                {
                    matrix.Add(truth, predicted);
                }
            }
        }

        Assert.Equal(expected.ReplaceLineEndings("\n"), ClassificationReport.Format(matrix, labels, digits));
    }
}
