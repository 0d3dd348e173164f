using System.Management.Automation;

using static OnnxDeep.Tests.ProtobufFields;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class CompareOnnxModelTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Compare-OnnxModel noise")]
    [InlineData("Compare-OnnxModel noise noise -Provider CPU, CPU")]
    [InlineData("'noise' | Compare-OnnxModel -GraphOptimization None, All -Threads 1, 2")]
    [InlineData("Get-OnnxModel noise | Compare-OnnxModel -Count 3 -BatchSize 4 -Seed 7")]
    [InlineData("[pscustomobject]@{ FullName = (Get-OnnxModel noise).Path } | Compare-OnnxModel -Intermediate")]
    [InlineData("Compare-OnnxModel -Reference noise -Difference noise -InputObject @{ features = (1, 2, 3) }")]
    [InlineData("Compare-OnnxModel noise -Dimension @{ N = 5 }")]
    public void OneModelAgreesWithItself(string script)
    {
        PSObject comparison = Assert.Single(_module.Invoke(script).ThrowOnError().Output);

        Assert.Equal("OnnxDeep.ModelComparison", comparison.TypeNames[0]);
        Assert.Equal((true, "noise", "noise", "CPU"), (Get("Passed"), Get("Reference"), Get("Difference"), Get("DifferenceProvider")));

        object? Get(string property) => comparison.Properties[property].Value;
    }

    [Fact]
    public void FilesAloneAreComparedWhereTheModelsTakeOtherInputs()
    {
        Outcome outcome = _module.Invoke(
            """
            Compare-OnnxModel food noise -StructureOnly
            Compare-OnnxModel food food -StructureOnly
            """).ThrowOnError();

        Assert.Equal([false, true], outcome.Values("Passed"));
        Assert.Equal([0, 0], outcome.Values("Count"));
        Assert.NotEmpty((IEnumerable<object>)outcome.Output[0].Properties["Structure"].Value);
        Assert.Empty((IEnumerable<object>)outcome.Output[0].Properties["Outputs"].Value);
    }

    [Fact]
    public void SettingsAreForBothSidesOrForOneEach()
    {
        Outcome outcome = _module.Invoke(
            """
            $both = Compare-OnnxModel noise -GraphOptimization Basic
            "$($both.ReferenceOptimization) $($both.DifferenceOptimization)"
            $each = Compare-OnnxModel noise -GraphOptimization None, Extended
            "$($each.ReferenceOptimization) $($each.DifferenceOptimization)"
            """).ThrowOnError();

        Assert.Equal(["Basic Basic", "None Extended"], outcome.Output.Select(line => line.ToString()));
    }

    [Fact]
    public void FirstValueThatDiffersIsFoundAndShown()
    {
        (string reference, string changed) = WriteModels();

        Outcome outcome = _module.Invoke(
            """
            $c = Compare-OnnxModel $args[0] $args[1] -Intermediate
            $c.Passed
            $c.FirstDifferingTensor.Name
            $c.FirstDifferingTensor.Operator
            $c.Structure.Count
            $c.Outputs[0].Name
            """,
            reference,
            changed).ThrowOnError();

        Assert.Equal([false, "dense_1/z", "Gemm", 1, "probability"], outcome.Output.Select(item => item.BaseObject));
    }

    [Theory]
    [InlineData("-RelativeTolerance 10")]
    [InlineData("-AbsoluteTolerance 10")]
    public void TolerancesDecide(string tolerance)
    {
        (string reference, string changed) = WriteModels();

        Assert.Equal([true], _module.Invoke($"Compare-OnnxModel $args[0] $args[1] {tolerance}", reference, changed).ThrowOnError().Values("Passed"));
    }

    [Theory]
    [InlineData("Compare-OnnxModel nosuch", "ModelNotFound")]
    [InlineData("Compare-OnnxModel noise nosuch", "ModelNotFound")]
    [InlineData("Compare-OnnxModel noise food", "InputShapeMismatch")]
    [InlineData("Compare-OnnxModel noise food-words", "InputTypeMismatch")]
    [InlineData("Compare-OnnxModel noise -InputObject @{ feature = 1, 2, 3 }", "InputNameUnknown")]
    [InlineData("Compare-OnnxModel noise -InputObject @{ features = 1, 2 }", "InputShapeMismatch")]
    [InlineData("Compare-OnnxModel noise -Dimension @{ M = 1 }", "DimensionInvalid")]
    [InlineData("Compare-OnnxModel noise -Dimension @{ N = 'x' }", "DimensionInvalid")]
    [InlineData("Compare-OnnxModel noise -Provider CPU, Nosuch", "ProviderNotFound")]
    [InlineData("Compare-OnnxModel noise -Provider CPU, CPU, CPU", "ParameterArgumentValidationError")]
    public void ErrorsHaveStableIds(string script, string id) => Assert.Equal([id], _module.Invoke(script).ErrorIds);

    [Fact]
    public void FurtherErrorsOfModelsHaveStableIds()
    {
        string text = _directory.Write("text.onnx", "no model");
        string two = WriteTwo("two.onnx", "a", "b");
        string three = WriteTwo("three.onnx", "c", "d", "e");

        Assert.Equal(["ModelNotOnnx"], _module.Invoke("Compare-OnnxModel $args[0]", text).ErrorIds);
        Assert.Equal(["ModelOutputMismatch"], _module.Invoke("Compare-OnnxModel $args[0] $args[1]", two, three).ErrorIds);
        Assert.Equal(["ModelInputMismatch"], _module.Invoke("Compare-OnnxModel $args[0] noise", WriteConstant()).ErrorIds);
    }

    [Fact]
    public void OneBadModelLeavesTheOthers()
    {
        Outcome outcome = _module.Invoke("'noise', 'nosuch', 'food' | Compare-OnnxModel");

        Assert.Equal(["ModelNotFound"], outcome.ErrorIds);
        Assert.Equal(["noise", "food"], outcome.Values("Reference"));
    }

    [Fact]
    public void VerboseTellsTheProviders()
    {
        Outcome outcome = _module.Invoke("Compare-OnnxModel noise -Provider Auto, CPU -Verbose 4>&1").ThrowOnError();

        Assert.Equal(2, outcome.Output.Count(line => line.ToString()!.StartsWith("Provider ", StringComparison.Ordinal)));
    }

    // The module's own small network, and a copy whose second layer has one weight of another sign.
    private (string Reference, string Changed) WriteModels()
    {
        string reference = (string)_module.Invoke("(Get-OnnxModel noise).Path").ThrowOnError().Output[0].BaseObject;
        byte[] bytes = File.ReadAllBytes(reference);
        float weight = (float)_module.Invoke("@((Get-LayerWeights noise dense_1).Weights)[0]").ThrowOnError().Output[0].BaseObject;
        int place = bytes.AsSpan().IndexOf(BitConverter.GetBytes(weight));
        bytes[place + 3] ^= 0x80;
        return (reference, _directory.Write("changed.onnx", bytes));
    }

    // Relu of x, float of any shape, under several names.
    private string WriteTwo(string name, params string[] outputs) => WriteModel(
        name,
        [
            .. outputs.SelectMany(output => Field(1, [.. Text(1, "x"), .. Text(2, output), .. Text(4, "Relu")])),
            .. Value(11, "x"),
            .. outputs.SelectMany(output => Value(12, output)),
        ]);

    // A model that takes nothing.
    private string WriteConstant()
    {
        byte[] attribute = [.. Text(1, "value_float"), 0x15, 0, 0, 0x80, 0x3F, 0xA0, 0x01, 1];
        return WriteModel("constant.onnx", [.. Field(1, [.. Text(2, "probability"), .. Text(4, "Constant"), .. Field(5, attribute)]), .. Value(12, "probability")]);
    }

    private string WriteModel(string name, byte[] graph) =>
        _directory.Write(name, [0x08, 0x08, .. Field(7, [.. graph, .. Text(2, "test")]), .. Field(8, [0x10, 17])]);

    private static byte[] Value(int field, string name) => Field(field, [.. Text(1, name), .. Field(2, Field(1, [0x08, 1]))]);
}
