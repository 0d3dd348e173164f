namespace OnnxDeep.Tests.Cmdlets;

/// <summary>Paths of outputs that are not paths of files; on Linux, they would be files with odd names.</summary>
public sealed class OutputPathTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Theory]
    [InlineData("Export-NetworkPlot $path noise")]
    [InlineData("Export-WordVector $path -Limit 1")]
    [InlineData("Convert-OnnxModel noise $path -Optimize")]
    [InlineData("Set-OnnxModelMetadata noise @{ a = 'b' } -OutputPath $path")]
    [InlineData("Invoke-OnnxModel noise 1, 2, 3 -Profile $path")]
    [InlineData("Measure-OnnxModel noise -Duration 0.01 -PlotPath $path")]
    public void OutputIsAFile(string command)
    {
        foreach (string path in new[] { "Env:odd.svg", "NoDrive:odd.svg" })
        {
            Outcome outcome = _module.Invoke($"$path = $args[0]; {command}", path);

            Assert.Equal(["PathInvalid"], outcome.ErrorIds);
            Assert.Empty(outcome.Output);
            Assert.False(File.Exists(path) || File.Exists("odd.svg"));
        }
    }
}
