using System.Management.Automation;

using OnnxDeep.Inference.Comparison;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>
/// Compares two ONNX models, or two ways of running one model: without further parameters, unoptimised with optimised,
/// and the CPU with the best other device.
/// </summary>
[Cmdlet(VerbsData.Compare, "OnnxModel", HelpUri = HelpUris.CompareOnnxModel)]
[OutputType(typeof(ModelComparison))]
public sealed class CompareOnnxModelCommand : SampleCmdlet
{
    private ExecutionProvider[] _providers = [];
    private SampleShape _shape = new();

    /// <summary>The reference model: the name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Reference { get; set; } = string.Empty;

    /// <summary>The model to compare with the reference; the default is the same model, run in other ways.</summary>
    [Parameter(Position = 1)]
    [ModelCompleter, ValidateNotNullOrEmpty]
    public string? Difference { get; set; }

    /// <summary>The providers of the reference and of the other model; a single one applies to both.</summary>
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    [ValidateCount(1, 2)]
    public string[] Provider { get; set; } = [ProviderParameters.Default];

    /// <summary>The levels of graph optimisation; a single one applies to both.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [FlatTransformation]
    public GraphOptimization[] GraphOptimization { get; set; } = [Inference.Sessions.GraphOptimization.All];

    /// <summary>The numbers of threads that an operator may use; a single one applies to both.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    [ValidateCount(1, 2)]
    [NumberTransformation]
    public int[] Threads { get; set; } = [];

    /// <summary>The number of rows in a batch.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [NumberTransformation]
    public long? BatchSize { get; set; }

    /// <summary>The number of input sets to compare.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    [NumberTransformation]
    public int Count { get; set; } = 1;

    /// <summary>The maximum absolute difference of floating-point numbers from the reference.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    [NumberTransformation]
    public double AbsoluteTolerance { get; set; } = 1e-5;

    /// <summary>The maximum relative difference of floating-point numbers from the reference.</summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    [NumberTransformation]
    public double RelativeTolerance { get; set; } = 1e-3;

    /// <summary>Finds the first intermediate value that differs.</summary>
    [Parameter]
    public SwitchParameter Intermediate { get; set; }

    /// <summary>Compares only the files, without running the models.</summary>
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
        // An error in one model does not stop the others.
        Attempt(Reference, () => Compare(ResolveModel(Reference)));
    }

    private void Compare(string path)
    {
        string other = Difference is null ? path : ResolveModel(Difference);
        ComparedModel reference = GetSide(path, 0);
        ComparedModel difference = GetSide(other, 1);
        if (StructureOnly || !reference.IsFileOf(difference) || !reference.RunsLike(difference))
        {
            Compare(reference, difference, string.Empty);
            return;
        }

        foreach ((ComparedModel one, ComparedModel two, string note) in FindWays(reference, difference))
        {
            Stop.ThrowIfCancellationRequested();
            Compare(one, two, note);
        }
    }

    // A file that runs twice in the same way cannot differ, so what the user left open is varied.
    private IEnumerable<(ComparedModel Reference, ComparedModel Difference, string Note)> FindWays(
        ComparedModel reference, ComparedModel difference)
    {
        bool variesDevice = !IsBound(nameof(Provider));
        bool variesGraph = !IsBound(nameof(GraphOptimization));
        ExecutionProvider? device = variesDevice ? ProviderList.FindBestDevice() : null;
        if (variesGraph)
        {
            yield return (
                reference with
                {
                    Settings = reference.Settings with { Optimization = Inference.Sessions.GraphOptimization.None },
                },
                difference,
                variesDevice && device is null
                    ? "Only the CPU can run models on this machine, so no devices were compared."
                    : string.Empty);
        }

        if (device is not null)
        {
            yield return (reference, difference with { Provider = device }, string.Empty);
        }
        else if (!variesGraph)
        {
            yield return (reference, difference, string.Empty);
        }
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void Compare(ComparedModel reference, ComparedModel difference, string note)
    {
        string path = reference.Path;
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
            ModelComparison comparison = ModelComparer.Compare(reference, difference, settings, bar.Report, Stop);
            WarnOfChoice(comparison.Reference, comparison.ChosenInputs);
            foreach (string remark in comparison.Remarks)
            {
                WriteWarning($"{comparison.Reference}: {remark}");
            }

            WriteObject(comparison with { Note = $"{note} {comparison.Note}".Trim() });
        }
        finally
        {
            bar.Complete();
        }
    }

    // A single value of a parameter applies to both sides.
    private ComparedModel GetSide(string path, int side) => new(
        path,
        _providers[Math.Min(side, _providers.Length - 1)],
        new SessionSettings
        {
            Threads = Threads.Length == 0 ? 0 : Threads[Math.Min(side, Threads.Length - 1)],
            Optimization = GraphOptimization[Math.Min(side, GraphOptimization.Length - 1)],
        });
}
