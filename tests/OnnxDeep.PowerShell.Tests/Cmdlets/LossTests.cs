namespace OnnxDeep.Tests.Cmdlets;

public sealed class LossTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void CurveHasItsPointsWithDerivatives()
    {
        Outcome outcome = _module.Invoke("Get-LossCurve -From 0 -To 3 -Count 4").ThrowOnError();

        Assert.Equal([0.0, 1.0, 2.0, 3.0], outcome.Values("Predicted"));
        Assert.Equal([1.0, 0.0, 1.0, 4.0], outcome.Values("SquaredError"));
        Assert.Equal([-2.0, 0.0, 2.0, 4.0], outcome.Values("Derivative"));
    }

    [Fact]
    public void TangentAndMinimumAreTheNotebooks()
    {
        Outcome outcome = _module.Invoke("Get-LossCurve -TangentAt 3; Get-LossCurve -Minimum; Get-LossCurve -Minimum -Actual 5").ThrowOnError();

        Assert.Equal([4.0, null, null], outcome.Values("Slope"));
        Assert.Equal([-8.0, null, null], outcome.Values("Intercept"));
        Assert.Equal([3.0, 1.0, 5.0], outcome.Values("Predicted"));
    }

    [Theory]
    [InlineData("Get-LossCurve -From 3 -To 1")]
    [InlineData("Get-LossCurve -From ([double]::NaN)")]
    public void CurveNeedsRoom(string script) => Assert.Equal(["RangeInvalid"], _module.Invoke(script).ErrorIds);

    [Theory]
    [InlineData("Measure-Loss -Predicted 0.9, 0.2, 0.6 -Actual 1, 0, 1")]
    [InlineData("@{ Predicted = 0.9; Actual = 1 }, @{ Predicted = 0.2; Actual = 0 }, @{ Predicted = '0.6'; Actual = '1' } | Measure-Loss")]
    [InlineData("[pscustomobject]@{ Probability = 0.9; Truth = $true }, [pscustomobject]@{ Probability = 0.2; Truth = $false }, [pscustomobject]@{ Probability = 0.6; Truth = 1 } | Measure-Loss")]
    [InlineData("[pscustomobject]@{ p = 0.9; t = 1 }, [pscustomobject]@{ p = 0.2; t = 0 }, [pscustomobject]@{ p = 0.6; t = 1 } | Measure-Loss -PredictedProperty p -ActualProperty t")]
    public void LossesOfListsAndRowsAreTheSame(string script)
    {
        Outcome outcome = _module.Invoke(script).ThrowOnError();

        Assert.Equal([3], outcome.Values("Count"));
        Assert.Equal(0.07, (double)outcome.Output[0].Properties["MeanSquaredError"].Value, 1e-15);
        Assert.Equal(0.2645751311064591, (double)outcome.Output[0].Properties["RootMeanSquaredError"].Value, 1e-15);
        Assert.Equal(0.23333333333333336, (double)outcome.Output[0].Properties["MeanAbsoluteError"].Value, 1e-15);
        Assert.Equal(0.2797765635793423, (double)outcome.Output[0].Properties["BinaryCrossEntropy"].Value, 1e-14);
    }

    [Fact]
    public void BadRowsAreNamedCountedAndLeftOut()
    {
        Outcome outcome = _module.Invoke(
            "@{ Predicted = 2; Actual = 1 }, $null, @{ Predicted = ''; Actual = 1 }, @{ Predicted = 'x'; Actual = 1 }, @{ Actual = 1 } | Measure-Loss");

        Assert.Equal(["RowIncomplete", "RowIncomplete", "NotANumber", "RowIncomplete"], outcome.ErrorIds);
        Assert.Contains("Row 4 has 'x' in 'Predicted'", outcome.Errors[2].Exception.Message, StringComparison.Ordinal);
        Assert.Equal([1], outcome.Values("Count"));
        Assert.Null(outcome.Output[0].Properties["BinaryCrossEntropy"].Value);
        Assert.Contains("4 of 5 rows", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Measure-Loss -Predicted 1, 2 -Actual 1", "CountMismatch")]
    [InlineData("@{ a = 1 } | Measure-Loss", "PropertyNotFound")]
    [InlineData("@() | Measure-Loss", "NothingToMeasure")]
    public void WhatCannotBeMeasuredIsAnError(string script, string id) => Assert.Equal([id], _module.Invoke(script).ErrorIds);
}
