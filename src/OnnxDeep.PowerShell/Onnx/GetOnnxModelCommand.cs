using System.Management.Automation;

using OnnxDeep.Onnx.Inspection;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Gets information about an ONNX model from its file, without running it.</summary>
[Cmdlet(VerbsCommon.Get, "OnnxModel", DefaultParameterSetName = PathSet, HelpUri = HelpUris.GetOnnxModel)]
[OutputType(
    typeof(OnnxModelInfo), typeof(OnnxNodeInfo), typeof(OnnxTensorInfo), typeof(OnnxOperatorCount), typeof(string))]
public sealed class GetOnnxModelCommand : OnnxDeepCmdlet
{
    private const int MostTreeNodes = 1000;

    /// <summary>Lists the nodes.</summary>
    [Parameter]
    public SwitchParameter Node { get; set; }

    /// <summary>Lists the stored tensors with statistics of their values.</summary>
    [Parameter]
    public SwitchParameter Initializer { get; set; }

    /// <summary>Lists the operators.</summary>
    [Parameter]
    public SwitchParameter Operator { get; set; }

    /// <summary>Prints the graph as text.</summary>
    [Parameter]
    public SwitchParameter Tree { get; set; }

    /// <summary>Reads the complete models and compares their content with the digests in them.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Names of models of the module, or paths of ONNX files; wildcards are permitted.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ModelCompleter, SupportsWildcards, ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of ONNX files, used exactly as typed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP"), FileCompleter(".onnx"), ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        string[] views =
        [
            .. new[]
                {
                    (Node, nameof(Node)),
                    (Initializer, nameof(Initializer)),
                    (Operator, nameof(Operator)),
                    (Tree, nameof(Tree)),
                }
                .Where(view => view.Item1)
                .Select(view => view.Item2),
        ];
        if (views.Length > 1)
        {
            ThrowTerminatingError(Errors.ViewsConflict(views));
        }
    }

    /// <inheritdoc/>
    protected override void OnProcess() => ForEachModel(Path, LiteralPath, Process);

    private void Process(string path)
    {
        OnnxModelInspector model = Wait(() => OnnxModelInspector.Open(path));
        OnnxModelInfo info = Verify ? model.Verify(Stop) : model.Info;
        foreach (string problem in model.Info.Problems)
        {
            WriteWarning($"{model.Info.Name}: {problem}");
        }

        if (Node)
        {
            WriteAll(model.GetNodes());
        }
        else if (Initializer)
        {
            WriteTensors(model);
        }
        else if (Operator)
        {
            WriteAll(model.Info.Operators);
        }
        else if (Tree)
        {
            WriteTree(model);
        }
        else
        {
            WriteObject(info);
        }
    }

    private void WriteAll<T>(IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            Stop.ThrowIfCancellationRequested();
            WriteObject(item);
        }
    }

    private void WriteTensors(OnnxModelInspector model)
    {
        var bar = new ProgressBar(this, $"Reading the tensors of '{model.Info.Name}'");
        int done = 0;
        try
        {
            foreach (OnnxTensorInfo tensor in model.Measure(OnError, Stop))
            {
                bar.Report((double)++done / (model.Info.Initializers + model.Info.Constants), () => tensor.Name);
                WriteObject(tensor);
            }
        }
        finally
        {
            bar.Complete();
        }

        void OnError(Exception e) =>
            WriteError(e is OnnxDeepException own ? Errors.From(own, model.Info.Path) : Errors.FromFile(e));
    }

    private void WriteTree(OnnxModelInspector model)
    {
        if (model.FormatTree(MostTreeNodes) is string tree)
        {
            WriteObject(tree);
        }
        else
        {
            WriteError(Errors.TreeTooLarge(model.Info.Path, model.Info.Nodes, MostTreeNodes));
        }
    }
}
