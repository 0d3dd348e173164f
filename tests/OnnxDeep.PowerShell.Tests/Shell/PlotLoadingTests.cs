using OnnxDeep.Tests;

namespace OnnxDeep.PowerShell.Tests.Shell;

public sealed class PlotLoadingTests
{
    // A process of its own: what another test has drawn must not count.
    [Fact]
    public async Task DrawingLibrariesAreLoadedForAPictureAndNotBefore()
    {
        using var directory = new TemporaryDirectory();
        const string Script = """
            function Get-Drawing {
                ([System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $_.Assemblies } | ForEach-Object { $_.GetName().Name } |
                    Where-Object { $_ -in 'OnnxDeep.Plots', 'ScottPlot', 'SkiaSharp' }) -join ' '
            }
            $null = Test-FoodWord salad, car
            $null = Get-LayerWeights noise
            $null = Get-Command -Module OnnxDeep -Syntax
            "before: $(Get-Drawing)"
            $null = Export-WeightPlot $path -WhatIf
            "asked: $(Get-Drawing)"
            $null = Export-WeightPlot $path
            "after: $(Get-Drawing)"
            """;

        ShellResult result = await ShellProcess.RunAsync("-Command", $"$path = '{directory.File("w.png")}'\n{Script}");

        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n');
        Assert.Contains("before: ", lines);
        Assert.Contains("asked: ", lines);
        Assert.Contains("after: OnnxDeep.Plots ScottPlot SkiaSharp", lines);
    }
}
