using System.Management.Automation;
using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Plots;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Measures how fast models load and run.</summary>
[Cmdlet(
    VerbsDiagnostic.Measure, "OnnxModel",
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.MeasureOnnxModel)]
[OutputType(typeof(ModelMeasurement))]
public sealed class MeasureOnnxModelCommand : SampleCmdlet
{
    private readonly List<ModelMeasurement> _measurements = [];
    private ExecutionProvider[] _providers = [];
    private string _plotPath = string.Empty;
    private bool _drawsPlot;

    /// <summary>Names of models of the module, or paths of ONNX files; wildcards are permitted.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ModelCompleter, SupportsWildcards, ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of ONNX files, used exactly as typed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [FileCompleter(".onnx"), ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The numbers of rows in a run, measured separately; the default is the model's, or 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation]
    public long[] BatchSize { get; set; } = [];

    /// <summary>
    /// The execution providers, measured separately: Auto, CPU, CUDA or any other provider.
    /// </summary>
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    public string[] Provider { get; set; } = [ProviderParameters.Default];

    /// <summary>
    /// The numbers of threads that an operator may use, measured separately; by default, ONNX Runtime decides.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    [NumberTransformation]
    public int[] Threads { get; set; } = [];

    /// <summary>The level of graph optimisation.</summary>
    [Parameter]
    [FlatTransformation]
    public GraphOptimization GraphOptimization { get; set; } = GraphOptimization.All;

    /// <summary>The duration of each measurement in seconds.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    [NumberTransformation]
    public double Duration { get; set; } = 5;

    /// <summary>The number of runs before the measurement.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation]
    public int WarmUp { get; set; } = 10;

    /// <summary>The file for a picture of latency and throughput: .png or .svg.</summary>
    [Parameter]
    [FileCompleter(".svg", ".png"), ValidateNotNullOrEmpty]
    public string? PlotPath { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (PlotPath is not null)
        {
            // An invalid name or folder must fail before the measurements, which may take hours.
            PlotFormat format = PlotFormats.FromPath(PlotPath);
            _plotPath = GetOutputPath(PlotPath);
            _drawsPlot = ShouldProcess(_plotPath, $"Draw the measurements as {format}");
            if (_drawsPlot)
            {
                AtomicFile.Create(_plotPath).Dispose();
            }
        }

        _providers = ResolveProviders(Provider);
    }

    /// <inheritdoc/>
    protected override void OnProcess() =>
        ForEachModel(Path, LiteralPath, path => Measure(path, Wait(() => OnnxSignature.Read(path))));

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (!_drawsPlot || _measurements.Count == 0)
        {
            return;
        }

        var plot = new MeasurementPlot([.. _measurements.Select(measurement => new MeasurementPoint(
            NameOf(measurement),
            measurement.BatchSize,
            measurement.P50Milliseconds,
            measurement.P99Milliseconds,
            measurement.Throughput))]);
        // The measurements have been returned, even if the picture fails.
        Attempt(_plotPath, () =>
        {
            ReadOnlyMemory<byte> content =
                Pictures.Render(plot, new PlotOptions(), PlotFormats.FromPath(_plotPath)).Content;
            AtomicFile.Write(_plotPath, stream => stream.Write(content.Span), stop: Stop);
        });
    }

    private static string NameOf(ModelMeasurement measurement)
    {
        string threads = measurement.Threads switch
        {
            null => string.Empty,
            1 => ", 1 thread",
            int count => $", {count} threads",
        };
        return $"{measurement.Model}, {measurement.Provider}{threads}";
    }

    // An error in one combination does not stop the others.
    private void Measure(string path, OnnxSignature signature)
    {
        IReadOnlyDictionary<string, OnnxValue> given = ReadGiven(path);
        foreach (ExecutionProvider provider in _providers)
        {
            foreach (int? threads in Threads.Length > 0 ? Threads.Select(count => (int?)count) : [null])
            {
                foreach (long? batchSize in BatchSize.Length > 0 ? BatchSize.Select(size => (long?)size) : [null])
                {
                    Attempt(path, () => Measure(path, signature, given, new BenchmarkSettings
                    {
                        Provider = provider,
                        Threads = threads,
                        Optimization = GraphOptimization,
                        Duration = TimeSpan.FromSeconds(Duration),
                        WarmUpRuns = WarmUp,
                        Seed = (ulong)Seed,
                    }, batchSize));
                }
            }
        }
    }

    private void Measure(
        string path,
        OnnxSignature signature,
        IReadOnlyDictionary<string, OnnxValue> given,
        BenchmarkSettings settings,
        long? batchSize)
    {
        var inputs = new SampleInputs(path, signature, ReadShape(batchSize), given)
        {
            CancellationToken = Stop,
        };
        var bar = new ProgressBar(this, $"Measuring '{System.IO.Path.GetFileNameWithoutExtension(path)}'");
        try
        {
            ModelMeasurement measurement = new ModelBenchmark(path, signature, inputs, settings).Run(
                fraction => bar.Report(
                    fraction,
                    () => FormattableString.Invariant($"{settings.Provider.Name}, batch size {inputs.BatchSize:N0}")),
                Stop);
            WarnOfChoice(measurement.Model, measurement.ChosenInputs);
            _measurements.Add(measurement);
            WriteObject(measurement);
        }
        finally
        {
            bar.Complete();
        }
    }
}
