using System.Management.Automation;
using System.Text;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class ConvertOnnxModelTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    // ir_version 8, one Relu from x to y, both float [1, 3], opset 17.
    private static readonly byte[] s_relu =
    [
        0x08, 0x08, .. Field(7, [.. Field(1, [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, "Relu")]), .. Text(2, "g"), .. Value(11, "x"), .. Value(12, "y")]),
        .. Field(8, [0x10, 17]),
    ];

    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    private string Output => _directory.File("out.onnx");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Convert-OnnxModel food $args[0] -To Float16", "Float16", 0.75)]
    [InlineData("'food' | Convert-OnnxModel -OutputPath $args[0] -To Int8Dynamic", "Int8Dynamic", 0.75)]
    [InlineData("Get-OnnxModel food | Convert-OnnxModel -OutputPath $args[0] -Optimize", "Optimize", 1.2)]
    [InlineData("[pscustomobject]@{ FullName = 'food' } | Convert-OnnxModel -OutputPath $args[0] -To Float16 -Optimize", "Float16 Optimize", 0.75)]
    public void ShippedModelIsConvertedAndStillAnswers(string script, string conversions, double most)
    {
        PSObject result = Assert.Single(_module.Invoke(script, Output).ThrowOnError().Output);

        Assert.Equal("OnnxDeep.ModelConversion", result.TypeNames[0]);
        Assert.Equal(conversions, string.Join(' ', (IEnumerable<string>)result.Properties["Conversions"].Value));
        Assert.InRange((double)result.Properties["Ratio"].Value, 0.1, most);
        Assert.InRange((double)result.Properties["MaxAbsoluteError"].Value, 0, 0.05);
        Outcome words = _module.Invoke("'soup', 'car' | Test-FoodWord -Model $args[0]", Output).ThrowOnError();
        Assert.Equal(["food", "not food"], words.Values("Label"));
    }

    [Fact]
    public void LayersOfAHalfModelAreStillRead()
    {
        _module.Invoke("Convert-OnnxModel noise $args[0] -To Float16", Output).ThrowOnError();

        Assert.Equal([5, 1], _module.Invoke("Get-LayerWeights $args[0]", Output).ThrowOnError().Values("Units"));
    }

    [Fact]
    public void SeedAndInputsDecideTheErrors()
    {
        const string Script = """
            (Convert-OnnxModel food $args[0] -To Int8Dynamic -Seed 1).MaxAbsoluteError
            (Convert-OnnxModel food $args[0] -To Int8Dynamic -Seed 1).MaxAbsoluteError
            (Convert-OnnxModel food $args[0] -To Int8Dynamic -Seed 2 -BatchSize 3).MaxAbsoluteError
            (Convert-OnnxModel noise $args[0] -To Float16 -InputObject @{ FEATURES = (1, 2, 3), (4, 5, 6) } -Dimension @{ N = 2 }).Outputs[0].Name
            """;

        Outcome outcome = _module.Invoke(Script, Output);

        Assert.Equal(outcome.Output[0].BaseObject, outcome.Output[1].BaseObject);
        Assert.NotEqual(outcome.Output[0].BaseObject, outcome.Output[2].BaseObject);
    }

    [Fact]
    public void BatchIsOpened()
    {
        PSObject result = Assert.Single(_module.Invoke("Convert-OnnxModel $args[0] $args[1] -DynamicBatch", WriteRelu(), Output).ThrowOnError().Output);

        Assert.Equal(["DynamicBatch"], (IEnumerable<string>)result.Properties["Conversions"].Value);
        Outcome run = _module.Invoke("(Invoke-OnnxModel $args[0] @{ x = 1, -2, 3 }).y", Output).ThrowOnError();
        Assert.Equal([1f, 0f, 3f], run.Output.Select(item => item.BaseObject));
    }

    [Fact]
    public void WhatIfWritesNothing()
    {
        _module.Invoke("Convert-OnnxModel food $args[0] -To Float16 -WhatIf", Output).ThrowOnError();

        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Theory]
    [InlineData("Convert-OnnxModel food $args[0]", "NoConversion")]
    [InlineData("Convert-OnnxModel nosuch $args[0] -Optimize", "ModelNotFound")]
    [InlineData("Convert-OnnxModel $args[1] $args[0] -To Float16", "NoConvertibleWeights")]
    [InlineData("Convert-OnnxModel food $args[1] -To Float16 -NoClobber", "FileExists")]
    [InlineData("Convert-OnnxModel food \"$($args[1])/o.onnx\" -To Float16", "OutputNotWritable")]
    [InlineData("Convert-OnnxModel food $args[0] -To Float16 -Dimension @{ X = 1 }", "DimensionInvalid")]
    [InlineData("Convert-OnnxModel $args[1] $args[0] -Optimize -BatchSize 5", "BatchSizeFixed")]
    [InlineData("Convert-OnnxModel food $args[0] -To Float16 -InputObject @{ nosuch = 1 }", "InputNameUnknown")]
    [InlineData("Convert-OnnxModel food $args[0] -To Float16 -Provider nosuch", "ProviderNotFound")]
    public void ErrorsHaveStableIdsAndWriteNothing(string script, string id)
    {
        string relu = WriteRelu();

        Assert.Equal([id], _module.Invoke(script, Output, relu).ErrorIds);
        Assert.False(File.Exists(Output));
        Assert.Equal(s_relu, File.ReadAllBytes(relu));
    }

    [Fact]
    public void OldOpsetIsAnErrorOfType()
    {
        string path = _directory.File("old.onnx");
        byte[] model = Noise();

        // The opset's entry, version 17, becomes version 10.
        model[model.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x10, 17]) + 1] = 10;
        File.WriteAllBytes(path, model);

        Outcome outcome = _module.Invoke("Convert-OnnxModel $args[0] $args[1] -To Int8Dynamic", path, Output);

        Assert.Equal(["OpsetTooOld"], outcome.ErrorIds);
        Assert.Equal(ErrorCategory.InvalidType, outcome.LastError.CategoryInfo.Category);
    }

    [Fact]
    public void SecondModelDoesNotReplaceTheFirst()
    {
        Outcome outcome = _module.Invoke("'noise', 'food' | Convert-OnnxModel -OutputPath $args[0] -To Float16", Output);

        Assert.Equal(["OutputPathTaken"], outcome.ErrorIds);
        Assert.EndsWith("noise.onnx", Assert.IsType<string>(Assert.Single(outcome.Values("Source"))), StringComparison.Ordinal);
    }

    [Fact]
    public void ModelThatDoesNotRunIsConvertedWithAWarning()
    {
        string text = Encoding.Latin1.GetString(Noise()).Replace("Sigmoid", "Sigmoit", StringComparison.Ordinal);
        string path = _directory.Write("unknown.onnx", Encoding.Latin1.GetBytes(text));

        Outcome outcome = _module.Invoke("Convert-OnnxModel $args[0] $args[1] -To Float16", path, Output).ThrowOnError();

        Assert.Contains("was not compared", outcome.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("no smaller", outcome.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("'Sigmoit' of ai.onnx is unknown", (string)outcome.Values("Reason").Single()!, StringComparison.Ordinal);
        Assert.Null(outcome.Values("MaxAbsoluteError").Single());
        Assert.True(File.Exists(Output));
    }

    [Fact]
    public void EachModelOfAPipelineGetsItsOwnFileAndABadOneLeavesTheOthers()
    {
        _directory.Write("a.onnx", Noise());
        _directory.Write("b.onnx", [1, 2, 3]);
        _directory.Write("c.onnx", Noise());

        Outcome outcome = _module.Invoke(
            """
            'a', 'b', 'c' | ForEach-Object { [pscustomobject]@{ Path = "$($args[0])/$_.onnx"; OutputPath = "$($args[0])/new/$_.onnx" } } |
                Convert-OnnxModel -To Float16 -WarningAction Ignore
            """.Replace("$($args[0])", _directory.Path, StringComparison.Ordinal));

        Assert.Equal(["a", "c"], outcome.Values("Name"));
        Assert.Equal(["ModelNotOnnx"], outcome.ErrorIds);
        Assert.Equal(["a.onnx", "c.onnx"], Directory.EnumerateFiles(_directory.File("new")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void BatchThatIsOpenAlreadyIsSaidToBe()
    {
        Outcome outcome = _module.Invoke("Convert-OnnxModel noise $args[0] -DynamicBatch", Output).ThrowOnError();

        Assert.Contains("-DynamicBatch changed nothing", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorsNameTheSourceAndNoFileOnTheWay()
    {
        string text = Encoding.Latin1.GetString(Noise()).Replace("Sigmoid", "Sigmoit", StringComparison.Ordinal);
        string path = _directory.Write("unknown.onnx", Encoding.Latin1.GetBytes(text));

        Outcome outcome = _module.Invoke("Convert-OnnxModel $args[0] $args[1] -Optimize", path, Output);

        Assert.Equal(["ModelInvalid"], outcome.ErrorIds);
        Assert.Contains($"'{path}'", outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("onnxdeep-convert", outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Noise() => File.ReadAllBytes(Path.Combine(Repository.Root, "models", "noise.onnx"));

    private string WriteRelu() => _directory.Write("relu.onnx", s_relu);

    private static byte[] Field(int number, byte[] bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];

    private static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Value(int number, string name) =>
        Field(number, [.. Text(1, name), .. Field(2, Field(1, [8, 1, .. Field(2, [.. Field(1, [8, 1]), .. Field(1, [8, 3])])]))]);
}
