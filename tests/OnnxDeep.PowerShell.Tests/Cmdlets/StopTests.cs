using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class StopTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

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
}
