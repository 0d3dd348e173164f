using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class OnnxModelTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Get-OnnxModel noise")]
    [InlineData("'noise' | Get-OnnxModel")]
    [InlineData("Get-OnnxModel (Get-OnnxModel noise).Path")]
    [InlineData("Get-OnnxModel -LiteralPath (Get-OnnxModel noise).Path")]
    [InlineData("[pscustomobject]@{ PSPath = (Get-OnnxModel noise).Path } | Get-OnnxModel")]
    [InlineData("Get-OnnxModel ((Get-OnnxModel noise).Path -replace 'noise.onnx', 'nois?.onnx')")]
    public void ModelIsFoundByNamePathAndPattern(string script)
    {
        PSObject model = Assert.Single(_module.Invoke(script).ThrowOnError().Output);

        Assert.Equal("OnnxDeep.OnnxModelInfo", model.TypeNames[0]);
        Assert.Equal(("noise", 26L, 8L), (model.Properties["Name"].Value, model.Properties["Parameters"].Value, model.Properties["IrVersion"].Value));
    }

    [Theory]
    [InlineData("Get-OnnxModel noise -Node", "OnnxDeep.OnnxNodeInfo", 4)]
    [InlineData("Get-OnnxModel noise -Initializer", "OnnxDeep.OnnxTensorInfo", 4)]
    [InlineData("Get-OnnxModel noise -Operator", "OnnxDeep.OnnxOperatorCount", 2)]
    [InlineData("Get-OnnxModel noise -Tree", "System.String", 1)]
    public void EachListHasItsOwnType(string script, string type, int count)
    {
        Outcome outcome = _module.Invoke(script).ThrowOnError();

        Assert.Equal(count, outcome.Output.Count);
        Assert.All(outcome.Output, item => Assert.Equal(type, item.TypeNames[0]));
    }

    [Fact]
    public void TwoListsAtOnceEndTheCommand() =>
        Assert.Equal(["ViewsConflict"], _module.Invoke("Get-OnnxModel noise -Node -Tree").ErrorIds);

    [Fact]
    public void LargeGraphIsNotPrinted()
    {
        // 1,001 nodes without anything in them.
        byte[] nodes = [.. Enumerable.Range(0, 1001).SelectMany(_ => new byte[] { 0x0A, 0 })];
        string path = _directory.Write("many.onnx", [0x08, 0x08, 0x3A, 0xD2, 0x0F, .. nodes, 0x42, 2, 0x10, 17]);

        Outcome outcome = _module.Invoke("Get-OnnxModel $args[0] -Tree -WarningAction Ignore", path);

        Assert.Equal(["TreeTooLarge"], outcome.ErrorIds);
        Assert.Contains("1,001 nodes", outcome.LastError.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneBadModelLeavesTheOthers()
    {
        string text = _directory.Write("text.onnx", "no model");
        Outcome outcome = _module.Invoke("'nosuch', $args[0], 'Env:\\PATH', 'noise' | Get-OnnxModel", text);

        Assert.Equal(["ModelNotFound", "ModelNotOnnx", "NotFileSystem"], outcome.ErrorIds);
        Assert.Equal(["noise"], outcome.Values("Name"));
    }

    [Fact]
    public void UnknownOperatorIsAWarningAndAProblem()
    {
        string path = WriteModel("Frobnicate", 17);
        Outcome outcome = _module.Invoke("Get-OnnxModel $args[0]", path).ThrowOnError();

        Assert.Contains("'Frobnicate' of ai.onnx", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Single((IReadOnlyList<string>)outcome.Output[0].Properties["Problems"].Value);
    }

    [Fact]
    public void MetadataIsSetRemovedAndReplaced()
    {
        string path = WriteModel("Relu", 17);

        Assert.Empty(_module.Invoke("Set-OnnxModelMetadata $args[0] @{ a = 1.5; b = 'x' }", path).ThrowOnError().Output);
        Assert.Equal("1.5", Value("a"));
        Outcome removed = _module.Invoke("Set-OnnxModelMetadata $args[0] -Remove a -PassThru", path).ThrowOnError();
        Assert.Equal("OnnxDeep.OnnxModelInfo", removed.Output[0].TypeNames[0]);
        Assert.Null(Value("a"));
        string copy = _directory.File("copy.onnx");
        _module.Invoke("Set-OnnxModelMetadata $args[0] @{ c = 'y' } -Replace -OutputPath $args[1]", path, copy).ThrowOnError();
        Assert.Equal("x", Value("b"));
        Assert.Equal(["c"], _module.Invoke("(Get-OnnxModel $args[0]).Metadata.Keys", copy).ThrowOnError().Output.Select(key => key.ToString()));

        object? Value(string key) => _module.Invoke("(Get-OnnxModel $args[0]).Metadata[$args[1]]", path, key).ThrowOnError().Output[0]?.BaseObject;
    }

    [Fact]
    public void WhatIfWritesNothing()
    {
        string path = WriteModel("Relu", 17);
        byte[] before = File.ReadAllBytes(path);

        Assert.Empty(_module.Invoke("Set-OnnxModelMetadata $args[0] @{ a = 1 } -WhatIf -PassThru", path).ThrowOnError().Output);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void EditThatCannotBeIsRefused()
    {
        string path = WriteModel("Relu", 17);
        string text = _directory.Write("text.onnx", "no model");

        Assert.Equal(["NoMetadataChange"], _module.Invoke("Set-OnnxModelMetadata $args[0]", path).ErrorIds);
        Assert.Equal(["MetadataInvalid"], _module.Invoke("Set-OnnxModelMetadata $args[0] @{ '' = 'x' }", path).ErrorIds);
        Assert.Equal(["ModelNotOnnx"], _module.Invoke("Set-OnnxModelMetadata $args[0] @{ a = 'x' }", text).ErrorIds);
        Assert.Equal(
            ["OutputPathTaken"],
            _module.Invoke("Set-OnnxModelMetadata $args[0], $args[0] @{ a = 'x' } -OutputPath $args[1]", path, _directory.File("o.onnx")).ErrorIds);
        Assert.Equal(
            ["OutputNotWritable"],
            _module.Invoke("Set-OnnxModelMetadata $args[0] @{ a = 'x' } -OutputPath $args[1]", path, Path.Combine(path, "o.onnx")).ErrorIds);
    }

    // ModelProto: ir_version 8, a graph of one node, an opset.
    private string WriteModel(string operation, byte opset)
    {
        byte[] name = System.Text.Encoding.ASCII.GetBytes(operation);
        byte[] node = [0x0A, 1, (byte)'x', 0x12, 1, (byte)'y', 0x22, (byte)name.Length, .. name];
        byte[] graph = [0x0A, (byte)node.Length, .. node];
        return _directory.Write("m.onnx", [0x08, 0x08, 0x3A, (byte)graph.Length, .. graph, 0x42, 2, 0x10, opset]);
    }
}
