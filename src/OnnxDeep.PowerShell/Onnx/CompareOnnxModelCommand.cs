using System.Management.Automation;

using OnnxDeep.Inference.Comparison;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Compares two ONNX models, or one in two ways of running it.</summary>
[Cmdlet(VerbsData.Compare, "OnnxModel", HelpUri = HelpUris.CompareOnnxModel)]
[OutputType(typeof(ModelComparison))]
public sealed class CompareOnnxModelCommand : SampleCmdlet
{
    private ExecutionProvider[] _providers = [];
    private SampleShape _shape = new();

    /// <summary>What is taken for right: the name of a model of the module, or an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Reference { get; set; } = string.Empty;

    /// <summary>What is compared with it; the same model where not given.</summary>
    [Parameter(Position = 1)]
    [ModelCompleter, ValidateNotNullOrEmpty]
    public string? Difference { get; set; }

    /// <summary>Where the reference runs, then where the other model does; one is for both.</summary>
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    [ValidateCount(1, 2)]
    public string[] Provider { get; set; } = [ProviderParameters.Default];

    /// <summary>How far the graphs are rewritten before they run, likewise.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    public GraphOptimization[] GraphOptimization { get; set; } = [Inference.Sessions.GraphOptimization.All];

    /// <summary>How many threads an operator may use, likewise.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    [ValidateCount(1, 2)]
    public int[] Threads { get; set; } = [];

    /// <summary>The rows of a batch.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? BatchSize { get; set; }

    /// <summary>How many sets of values both are given.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int Count { get; set; } = 1;

    /// <summary>How far a floating point number may be from the reference's whatever its size.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double AbsoluteTolerance { get; set; } = 1e-5;

    /// <summary>How far a floating point number may be from the reference's, as a share of it.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double RelativeTolerance { get; set; } = 1e-3;

    /// <summary>Searches for the first value inside the models that differs.</summary>
    [Parameter]
    public SwitchParameter Intermediate { get; set; }

    /// <summary>Runs nothing and compares the files alone.</summary>
    [Parameter]
    public SwitchParameter StructureOnly { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _providers = ResolveProviders(Provider);
        _shape = ReadShape(BatchSize, ComparedRows);
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        // One bad model leaves the others.
        Attempt(Reference, () => Compare(ResolveModel(Reference)));
    }

    private void Compare(string path)
    {
        var settings = new ComparisonSettings
        {
            AbsoluteTolerance = AbsoluteTolerance,
            RelativeTolerance = RelativeTolerance,
            Shape = _shape,
            Given = ReadGiven(path),
            Seed = (ulong)Seed,
            Count = Count,
            Intermediate = Intermediate,
            StructureOnly = StructureOnly,
        };
        var bar = new ProgressBar(this, $"Comparing with '{System.IO.Path.GetFileNameWithoutExtension(path)}'");
        try
        {
            string other = Difference is null ? path : ResolveModel(Difference);
            WriteObject(ModelComparer.Compare(GetSide(path, 0), GetSide(other, 1), settings, bar.Report, Stop));
        }
        finally
        {
            bar.Complete();
        }
    }

    // One value of a parameter is for both sides.
    private ComparedModel GetSide(string path, int side) => new(
        path,
        _providers[Math.Min(side, _providers.Length - 1)],
        new SessionSettings
        {
            Threads = Threads.Length == 0 ? 0 : Threads[Math.Min(side, Threads.Length - 1)],
            Optimization = GraphOptimization[Math.Min(side, GraphOptimization.Length - 1)],
        });
}
