using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Tables;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;
using OnnxDeep.PowerShell.Words;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Applies a trained model to rows of a table, or to words.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Classifier", HelpUri = HelpUris.InvokeClassifier)]
[OutputType(typeof(ClassifiedRow), typeof(PredictedRow), typeof(ClassifiedWord), typeof(PSObject))]
public sealed class InvokeClassifierCommand : WordModelCmdlet
{
    private RowApplication? _table;

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0), ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = string.Empty;

    /// <summary>Rows: objects or hashtables with the columns of the model. For a word model, words.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>Returns copies of the rows, to which the answers are added.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The culture of numbers in text; the default is that of the training.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc cref="WordCmdlet.WordProperty"/>
    [Parameter, ValidateNotNullOrEmpty]
    public object? WordProperty { get; set; }

    /// <inheritdoc cref="WordCmdlet.SkipEmpty"/>
    [Parameter]
    public SwitchParameter SkipEmpty { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        string path = ResolveModel(Model);
        var provider = ProviderParameters.Resolve(this, Provider, DeviceId, ProviderOption);
        if (TakesWords(path, provider))
        {
            WarnOfUnused(path, nameof(Culture));
            var reader = new WordReader(this, WordProperty) { SkipsEmpty = SkipEmpty };
            OpenWords(path, provider, reader, PassThru);
            return;
        }

        _table = new RowApplication(this, RowModel.Open(path, provider, Stop), PassThru, Culture)
        {
            Threshold = (float?)Threshold, Stop = Stop,
        };
        _table.Begin(BatchSize);
        WarnOfUnused(
            path, nameof(WordProperty), nameof(SkipEmpty), nameof(Suggest), nameof(Vectors), nameof(Force));
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (_table is null)
        {
            TakeItem(InputObject);
        }
        else
        {
            _table.Read(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        base.OnEnd();
        _table?.Complete();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _table?.Dispose();
        base.Dispose(disposing);
    }

    private protected override void Flush()
    {
        base.Flush();
        _table?.Flush();
    }

    // A model without metadata is one of words if the user specifies vectors.
    private bool TakesWords(string path, ExecutionProvider provider)
    {
        using FileLease<OnnxSession> session = SharedFiles.RentSession(path, provider, Stop);
        var metadata = ModelMetadata.FromProperties(session.Value.GetProperties());
        return metadata.Table is null
            && (TextScorer.Takes(session.Value)
                || metadata.Task == ModelMetadata.WordClassification
                || metadata.VectorsName is not null
                || metadata.VectorsContentSha256 is not null
                || MyInvocation.BoundParameters.ContainsKey(nameof(Vectors)));
    }

    private void WarnOfUnused(string path, params string[] parameters)
    {
        string[] bound = [.. parameters.Where(MyInvocation.BoundParameters.ContainsKey).Select(name => $"-{name}")];
        if (bound.Length > 0)
        {
            WriteWarning(
                $"{string.Join(" and ", bound)} {(bound.Length == 1 ? "is" : "are")} not used: the model '{path}' "
                + $"takes {(_table is null ? "words" : "the columns of a table")}.");
        }
    }
}
