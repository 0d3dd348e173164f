using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace OnnxDeep.Tests.Cmdlets;

[Trait("Culture", "Any")]
public sealed class StopTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    // Enough for most commands to be in the middle of their work; to stop one earlier is no fault.
    private static readonly TimeSpan s_begin = TimeSpan.FromMilliseconds(100);

    // Without an error in the parameters, so that each does its work.
    private static readonly Dictionary<string, string> s_cmdlets = new()
    {
        ["Clear-OnnxSession"] = "Clear-OnnxSession",
        ["Compare-OnnxModel"] = "Compare-OnnxModel noise -Count 100",
        ["Convert-OnnxModel"] = "Convert-OnnxModel food $folder/half.onnx -To Float16",
        ["Export-ConfusionPlot"] = "Export-ConfusionPlot $folder/a.png -Matrix @((5, 1), (2, 4))",
        ["Export-LossCurvePlot"] = "Export-LossCurvePlot $folder/a.png",
        ["Export-LossPlot"] = "@{ Epoch = 1; Loss = 1 }, @{ Epoch = 2; Loss = 0.5 } | Export-LossPlot $folder/a.png",
        ["Export-NetworkPlot"] = "Export-NetworkPlot $folder/a.png",
        ["Export-FeaturePlot"] =
            "[pscustomobject] @{ Feature = 'a'; Importance = 1 } | Export-FeaturePlot $folder/a.png",
        ["Get-FeatureImportance"] =
            "1..40 | % { [pscustomobject] @{ a = $_; c = $_ -gt 20 } } | "
            + "Get-FeatureImportance (1..40 | % { [pscustomobject] @{ a = $_; c = $_ -gt 20 } } | "
            + "New-Classifier -LabelProperty c -Epochs 1 -Path $folder/c.onnx).Model -Repeats 100",
        ["Get-PredictionContribution"] = "'salad', 'green soup' | Get-PredictionContribution food",
        ["Export-ReliabilityPlot"] =
            "@{ Truth = 1; Probability = 0.9 }, @{ Truth = 0; Probability = 0.4 } | "
            + "Export-ReliabilityPlot $folder/a.png",
        ["Export-ResidualPlot"] = "@{ Predicted = 1; Actual = 2 } | Export-ResidualPlot $folder/a.png",
        ["Export-TrainingReport"] = "@{ Summary = 'a' } | Export-TrainingReport $folder/a.html",
        ["Export-WeightPlot"] = "Export-WeightPlot $folder/a.png",
        ["Export-WordModel"] = "Export-WordModel $folder/words.onnx",
        ["Export-WordPlot"] = "Export-WordPlot $folder/a.png -Positive salad, soup, tea -Negative car, bus, van",
        ["Export-WordVector"] = "Export-WordVector $folder/words.txt",
        ["Find-SimilarWord"] = "Find-SimilarWord salad, soup, tea",
        ["Get-LayerWeights"] = "Get-LayerWeights food -Flat",
        ["Get-LossCurve"] = "Get-LossCurve -Count 10000",
        ["Get-ModelSummary"] = "Get-ModelSummary food",
        ["Get-NetworkGradient"] = "Get-NetworkGradient -Seed 1 -Target 1",
        ["Get-OnnxExecutionProvider"] = "Get-OnnxExecutionProvider",
        ["Get-OnnxModel"] = "Get-OnnxModel food-words -Verify",
        ["Get-WordVector"] = "Get-WordVector salad, soup",
        ["Get-WordVectorTable"] = "Get-WordVectorTable",
        ["Import-OnnxTensor"] = "Import-OnnxTensor $folder/missing.npy",
        ["Import-WordVector"] = "Import-WordVector $folder/words.txt stopped -Force",
        ["Invoke-Classifier"] = "'salad', 'soup' | Invoke-Classifier food-words",
        ["Invoke-Neuron"] = "Invoke-Neuron 1, 2, 3 -Weight 1, 1, 1",
        ["Invoke-OnnxModel"] = "Invoke-OnnxModel noise (, 1) -Threads 1",
        ["Measure-Classification"] =
            "@{ Label = 'a'; Truth = 'a' }, @{ Label = 'b'; Truth = 'a' } | Measure-Classification",
        ["Measure-Loss"] = "Measure-Loss -Predicted 1, 2 -Actual 1, 3",
        ["Measure-OnnxModel"] = "Measure-OnnxModel noise -Duration 100",
        ["Measure-Regression"] = "Measure-Regression -Predicted 1, 2 -Actual 1, 3",
        ["Measure-WordSimilarity"] = "Measure-WordSimilarity salad soup",
        ["New-Classifier"] =
            "1..40 | ForEach-Object { @{ a = $_; c = $_ % 2 } } | New-Classifier -LabelProperty c -Path $folder/a.onnx",
        ["New-Regressor"] =
            "1..40 | ForEach-Object { @{ a = $_ % 7; c = $_ } } | New-Regressor -TargetProperty c -Path $folder/a.onnx",
        ["New-WordClassifier"] =
            "New-WordClassifier -Positive salad, soup, tea, rice -Negative car, bus, van, road -Path $folder/w.onnx",
        ["Register-OnnxExecutionProvider"] = "Register-OnnxExecutionProvider Own $folder/missing.so",
        ["Remove-WordVectorTable"] = "Remove-WordVectorTable missing",
        ["Save-WordVector"] = "Save-WordVector -Uri http://127.0.0.1:9/v.zip -Name never",
        ["Set-OnnxModelMetadata"] = "Set-OnnxModelMetadata food @{ a = 1 } -OutputPath $folder/m.onnx",
        ["Test-FoodWord"] = "Test-FoodWord salad, soup",
        ["Test-OnnxModel"] = "Test-OnnxModel $folder",
        ["Test-Word"] = "Test-Word salad, soup -Model food-words",
        ["Trace-Network"] = "Trace-Network -Seed 1",
        ["Unregister-OnnxExecutionProvider"] = "Unregister-OnnxExecutionProvider missing",
    };

    private readonly ModuleRunspace _module = fixture.Module;

    [Theory]
    [InlineData("'salad'", "Test-FoodWord -BatchSize 2")]
    [InlineData("'salad'", "Get-WordVector")]
    [InlineData("'salad'", "Measure-WordSimilarity lemon")]
    [InlineData("'salad'", "Find-SimilarWord")]
    [InlineData("'noise'", "Get-LayerWeights -Flat")]
    [InlineData("'noise'", "Get-ModelSummary")]
    [InlineData("'noise'", "Measure-OnnxModel -Duration 0")]
    [InlineData("'noise'", "Compare-OnnxModel -Count 2")]
    [InlineData("5", "Invoke-Neuron -Weight -1")]
    [InlineData("5", "Trace-Network -Model noise")]
    [InlineData("5", "Get-NetworkGradient -Seed 1 -Target 1")]
    public async Task StopEndsAnEndlessPipeline(string input, string command)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_module.Runspace);
        shell.AddScript($"& {{ while ($true) {{ {input} }} }} | {command}");
        var output = new PSDataCollection<PSObject>();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        output.DataAdded += (_, _) => seen.TrySetResult();

        // If the pipeline ends by itself, the wait below must end too.
        shell.InvocationStateChanged += (_, change) =>
        {
            if (change.InvocationStateInfo.State is PSInvocationState.Failed or PSInvocationState.Completed)
            {
                seen.TrySetException(
                    new InvalidOperationException($"The endless pipeline is {change.InvocationStateInfo.State}."));
            }
        };

        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        await seen.Task;
        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    public static TheoryData<string> Cmdlets => [.. s_cmdlets.Keys];

    [Fact]
    public void EveryCmdletHasACommandToStop() => Assert.Equal(
        _module.Invoke("(Get-Command -Module OnnxDeep -CommandType Cmdlet).Name").Output
            .Select(name => $"{name}")
            .Order(),
        s_cmdlets.Keys.Order());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task StopEndsEveryCmdlet(string cmdlet)
    {
        using var folder = new TemporaryDirectory();
        using var shell = System.Management.Automation.PowerShell.Create(_module.Runspace);
        shell.AddScript(
            $$"""
            $folder, $seen = $args
            while ($true) {
                $null = $seen.TrySetResult()
                $null = {{s_cmdlets[cmdlet]}} -ErrorAction SilentlyContinue -WarningAction Ignore
            }
            """);

        await Stop(shell, folder.Path);
    }

    // Each would take minutes or wait without end.
    [Theory]
    [InlineData("Test-FoodWord -Path $folder/pipe")]
    [InlineData("Compare-OnnxModel noise food-words -Count 1000000")]
    [InlineData("$rows | New-Classifier -LabelProperty c -Hidden 4096, 4096 -BatchSize 65536 -Path $folder/a.onnx")]
    [InlineData("$rows | New-Classifier -LabelProperty c -Epochs 1000000 -CrossValidate 50 -Path $folder/a.onnx")]
    [InlineData("$rows | New-Regressor -TargetProperty a -Hidden 4096, 4096 -BatchSize 65536 -Path $folder/a.onnx")]
    [InlineData("Import-OnnxTensor $folder/large.csv")]
    [InlineData("Measure-OnnxModel noise -BatchSize 100000000")]
    [InlineData("Get-LossCurve -Count 1000000 | ForEach-Object { Get-LossCurve -Count 1000000 }")]
    public async Task StopEndsALongCommand(string command)
    {
        SpecialFile.SkipOnWindows();
        using var folder = new TemporaryDirectory();
        SpecialFile.CreatePipe(folder.File("pipe"));
        folder.Write("large.csv", string.Concat(Enumerable.Repeat("0.25,0.5,0.75,1.25,1.5\n", 500_000)));
        using var shell = System.Management.Automation.PowerShell.Create(_module.Runspace);
        shell.AddScript(
            $$"""
            $folder, $seen = $args
            $rows = foreach ($i in 1..1000) { [pscustomobject]@{ a = $i; b = $i % 7; c = "c$($i % 2)" } }
            $null = $seen.TrySetResult()
            $null = {{command}}
            """);

        await Stop(shell, folder.Path);
    }

    [Fact]
    public async Task StopEndsADownloadThatNeverStarts()
    {
        using var folder = new TemporaryDirectory();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var shell = System.Management.Automation.PowerShell.Create(_module.Runspace);
        shell.AddScript(
            $$"""
            $folder, $seen = $args
            $null = $seen.TrySetResult()
            Save-WordVector -Uri http://127.0.0.1:{{((IPEndPoint)silent.LocalEndpoint).Port}}/v.zip -Name never
            """);

        await Stop(shell, folder.Path);
    }

    [Fact]
    public async Task StopEndsAMeasurementOfHours()
    {
        using var shell = System.Management.Automation.PowerShell.Create(_module.Runspace);
        shell.AddScript("Measure-OnnxModel noise -Duration 36000");
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Streams.Progress.DataAdded += (_, _) => seen.TrySetResult();

        IAsyncResult running = shell.BeginInvoke();
        await seen.Task;
        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
    }

    [Fact]
    public async Task StopEndsANativeRunThatWritesNothing()
    {
        using var folder = new TemporaryDirectory();
        using var shell = System.Management.Automation.PowerShell.Create(_module.Runspace);

        // The property is read last, before the 2^40 iterations. If the run is not stopped, it ends after twice the
        // time that the test waits.
        shell.AddScript(
            """
            $seen = $args[1]
            $value = [pscustomobject]@{ trips = 1L -shl 40; go = $true }
            $value.PSObject.Properties.Add([psscriptproperty]::new('start', { $null = $seen.TrySetResult(); 1 }))
            Invoke-OnnxModel $args[0] $value -RunTimeout 120
            """).AddArgument(LoopModel.Write(folder));
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.AddArgument(seen);

        IAsyncResult running = shell.BeginInvoke();
        await seen.Task.WaitAsync(s_longest);
        await Task.Factory.FromAsync(shell.BeginStop, shell.EndStop, null).WaitAsync(s_longest);

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Empty(shell.Streams.Error);
    }

    [Fact]
    public async Task StopEndsAnImportAndLeavesNothing()
    {
        // The imports follow each other, so that the stop occurs during one.
        using var folder = new TemporaryDirectory();
        string path = folder.File("endless.txt");
        await File.WriteAllLinesAsync(path, Enumerable.Range(0, 400_000).Select(i => $"w{i} 0.25 0.5 0.75 1.25 1.5"));
        using var shell = System.Management.Automation.PowerShell.Create(_module.Runspace);
        shell.AddScript("while ($true) { Import-WordVector $args[0] stopped -Force }").AddArgument(path);
        var output = new PSDataCollection<PSObject>();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        output.DataAdded += (_, _) => seen.TrySetResult();

        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        await seen.Task;
        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.DoesNotContain(
            UserHome.Files("vectors"),
            file => file.StartsWith("stopped", StringComparison.Ordinal)
                && file.EndsWith(".tmp", StringComparison.Ordinal));
        _module.Invoke("Remove-WordVectorTable stopped").ThrowOnError();
    }

    // The command says that it begins; a stop that hangs fails the test.
    private static async Task Stop(System.Management.Automation.PowerShell shell, string folder)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.AddArgument(folder).AddArgument(seen);
        IAsyncResult running = shell.BeginInvoke();
        await seen.Task.WaitAsync(s_longest);
        await Task.Delay(s_begin);
        await Task.Factory.FromAsync(shell.BeginStop, shell.EndStop, null).WaitAsync(s_longest);

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }
}
