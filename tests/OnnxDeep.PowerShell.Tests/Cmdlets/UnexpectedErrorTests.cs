using System.Collections;
using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

/// <summary>The last resort for exceptions of the module, which must not take those of others.</summary>
public sealed class UnexpectedErrorTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private const string Command =
        "$ErrorActionPreference = 'Stop'; Invoke-Neuron -InputSignal 1 -Weight $args[0]";

    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void FaultOfTheModuleAsksForAReport()
    {
        Outcome outcome = _module.Invoke(Command, new FailingList(new NotImplementedException("Ouch.")));

        ErrorRecord record = outcome.Terminating!.ErrorRecord;
        string version = $"{_module.Invoke("(Get-Module OnnxDeep).Version").Output[0]}";
        Assert.Equal("UnexpectedError,OnnxDeep.PowerShell.Notebook.InvokeNeuronCommand", record.FullyQualifiedErrorId);
        Assert.StartsWith(
            $"Invoke-Neuron of OnnxDeep {version}", record.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("System.NotImplementedException: Ouch.", record.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("report", record.Exception.Message, StringComparison.Ordinal);
        Assert.IsType<NotImplementedException>(record.Exception.InnerException);
        Assert.Equal("System.NotImplementedException", record.CategoryInfo.Reason);
    }

    [Fact]
    public void ExhaustedMemoryIsNotAFault()
    {
        Outcome outcome = _module.Invoke(Command, new FailingList(new InsufficientMemoryException()));

        Assert.DoesNotContain("UnexpectedError", outcome.ErrorIds);
        Assert.NotNull(outcome.Terminating);
    }

    [Theory]
    [InlineData("ForEach-Object { throw [NotImplementedException]::new('Later.') }", "Later.")]
    [InlineData("ForEach-Object { [IO.File]::ReadAllText('/nosuch/file') }", "/nosuch/file")]
    [InlineData("& { process { throw [IO.IOException]::new('Later.') } }", "Later.")]
    [InlineData("Stop-Late ([NotImplementedException]::new('Later.'))", "Later.")]
    [InlineData("Stop-Late ([IO.IOException]::new('Later.'))", "Later.")]
    [InlineData("Stop-Late ([OperationCanceledException]::new('Later.'))", "Later.")]
    public void ErrorOfALaterCommandIsItsOwn(string command, string message)
    {
        _module.Invoke("Import-Module -Assembly $args[0]", typeof(StopLateCommand).Assembly).ThrowOnError();

        Outcome outcome = _module.Invoke(
            "$ErrorActionPreference = 'Stop'; 1, 2 | Invoke-Neuron -Weight 1 | " + command);

        Assert.DoesNotContain("InvokeNeuronCommand", outcome.Terminating!.ErrorRecord.FullyQualifiedErrorId);
        Assert.Contains(message, outcome.Terminating.Message, StringComparison.Ordinal);
        Assert.Empty(outcome.Errors);
    }

    [Theory]
    [InlineData("1, 2, 3 | Invoke-Neuron -Weight 1 | Select-Object -First 2 | ForEach-Object Z")]
    [InlineData("foreach ($i in 1, 2) { 1, 2, 3 | Invoke-Neuron -Weight 1 | ForEach-Object { $i; continue } }")]
    [InlineData("foreach ($i in 1..3) { 1 | Invoke-Neuron -Weight 1 | ForEach-Object { if ($i -gt 2) { break } $i } }")]
    public void PipelineMayEndEarly(string script)
    {
        Outcome outcome = _module.Invoke(script).ThrowOnError();

        Assert.Equal(["1", "2"], outcome.Output.Where(item => item.BaseObject is not PSCustomObject).Select(Text));

        static string Text(PSObject item) => $"{item}";
    }

    /// <summary>A list that cannot be read.</summary>
    private sealed class FailingList(Exception exception) : IEnumerable
    {
        public IEnumerator GetEnumerator() => throw exception;
    }
}

/// <summary>A compiled command that ends with an exception of any type.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Late")]
public sealed class StopLateCommand : PSCmdlet
{
    /// <summary>The exception.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Exception Exception { get; set; } = null!;

    /// <summary>Anything.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => throw Exception;
}
