using System.Collections;
using System.Management.Automation;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Testing;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Tests models by comparing their outputs with stored ones.</summary>
[Cmdlet(VerbsDiagnostic.Test, "OnnxModel", HelpUri = HelpUris.TestOnnxModel)]
[OutputType(typeof(ModelTestResult))]
public sealed class TestOnnxModelCommand : OnnxDeepCmdlet
{
    private ExecutionProvider? _provider;

    /// <summary>Folders that contain a model and its test data, or trees of such folders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [FileCompleter, SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The maximum absolute difference of floating-point numbers from the expected ones.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    [NumberTransformation]
    public double AbsoluteTolerance { get; set; } = 1e-7;

    /// <summary>The maximum relative difference of floating-point numbers from the expected ones.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    [NumberTransformation]
    public double RelativeTolerance { get; set; } = 1e-3;

    /// <summary>Where the model runs: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    public string Provider { get; set; } = ProviderParameters.Default;

    /// <inheritdoc cref="SampleCmdlet.DeviceId"/>
    [Parameter, ValidateRange(0, int.MaxValue)]
    [NumberTransformation]
    public int? DeviceId { get; set; }

    /// <inheritdoc cref="SampleCmdlet.ProviderOption"/>
    [Parameter, ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() =>
        _provider = ProviderParameters.Resolve(this, Provider, DeviceId, ProviderOption);

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string path in new PathResolver(this).Resolve(Path, []))
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
                ModelTestResult result = ModelTest.Run(folders[i], comparer, _provider, Stop);
                foreach (string remark in result.Remarks)
                {
                    WriteWarning($"{result.Name}: {remark}");
                }

                WriteObject(result);
            }
        }
        finally
        {
            bar.Complete();
        }
    }
}
