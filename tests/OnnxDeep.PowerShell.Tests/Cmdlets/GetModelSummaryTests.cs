namespace OnnxDeep.Tests.Cmdlets;

public sealed class GetModelSummaryTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void NotebooksNetworksHave26And1511Parameters()
    {
        Outcome outcome = _module.Invoke("'noise', 'food' | Get-ModelSummary").ThrowOnError();

        Assert.Equal([26L, 1511L], outcome.Values("Parameters"));
        Assert.Equal([104L, 6044L], outcome.Values("Size"));
        string text = (string)outcome.Output[1].Properties["Text"].Value;
        Assert.StartsWith("Model: \"food\"\n┏━", text, StringComparison.Ordinal);
        Assert.Contains("Total params: 1,511 (5.90 KB)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersAreObjectsUnderneath()
    {
        Outcome outcome = _module.Invoke("(Get-ModelSummary food).Layers").ThrowOnError();

        Assert.Equal(["dense", "dense_1"], outcome.Values("Layer"));
        Assert.Equal(["(None, 5)", "(None, 1)"], outcome.Values("OutputShape"));
        Assert.Equal([1505, 6], outcome.Values("Parameters"));
    }

    [Fact]
    public void OneBadModelLeavesTheOthers()
    {
        using var directory = new TemporaryDirectory();

        Outcome outcome = _module.Invoke(
            "'nosuch', $args[0], 'noise' | Get-ModelSummary", directory.Write("text.onnx", "no model"));

        Assert.Equal(["ModelNotFound", "ModelNotOnnx"], outcome.ErrorIds);
        Assert.Equal(["noise"], outcome.Values("Model"));
    }

    [Fact]
    public void ModelWithoutDenseLayersSaysSo() => Assert.Equal(
        ["NoDenseLayers"],
        _module.Invoke("Get-ModelSummary $args[0]", Fixtures.Find("onnx", "test_sign_model", "model.onnx")).ErrorIds);
}
