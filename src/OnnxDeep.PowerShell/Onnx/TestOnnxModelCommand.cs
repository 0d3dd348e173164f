using System.Management.Automation;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Testing;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;
using OnnxDeep.PowerShell.Words;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Runs models with stored inputs and compares their outputs with stored ones.</summary>
[Cmdlet(VerbsDiagnostic.Test, "OnnxModel")]
[OutputType(typeof(ModelTestResult))]
public sealed class TestOnnxModelCommand : ExecutionProviderCmdlet
{
    private ExecutionProvider? _provider;

    /// <summary>Folders with a model and its test data, or trees of such folders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>How far a floating point number may be from the expected one whatever its size.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double AbsoluteTolerance { get; set; } = 1e-7;

    /// <summary>How far a floating point number may be from the expected one, as a share of it.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double RelativeTolerance { get; set; } = 1e-3;

    /// <inheritdoc/>
    protected override void OnBegin() => _provider = ResolveProvider();

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string path in new WordPathResolver(this).Resolve(Path, []))
        {
            Attempt(path, () => Test(ModelTestFolder.Find(path)));
        }
    }

    private void Test(IReadOnlyList<ModelTestFolder> folders)
    {
        var comparer = new ValueComparer(AbsoluteTolerance, RelativeTolerance);
        var bar = new ProgressBar(this, "Testing models");
        try
        {
            for (int i = 0; i < folders.Count; i++)
            {
                Stop.ThrowIfCancellationRequested();
                int number = i;
                bar.Report((double)i / folders.Count, () => FormattableString.Invariant(
                    $"{folders[number].Name}, {number + 1:N0} of {folders.Count:N0}"));
                WriteObject(ModelTest.Run(folders[i], comparer, _provider, Stop));
            }
        }
        finally
        {
            bar.Complete();
        }
    }
}
