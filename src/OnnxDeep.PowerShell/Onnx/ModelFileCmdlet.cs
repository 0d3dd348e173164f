using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>
/// The base of the cmdlets that take model files one by one: names of the module's own, patterns and literal paths.
/// </summary>
public abstract class ModelFileCmdlet : OnnxDeepCmdlet
{
    /// <summary>Names of models of the module, or ONNX files; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ModelCompleter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>ONNX files, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override void OnProcess()
    {
        foreach (string path in ResolveModels(Path, LiteralPath))
        {
            Stop.ThrowIfCancellationRequested();

            // One bad file leaves the others.
            Attempt(path, () => Process(Models.Resolve(path, path)));
        }
    }

    /// <summary>Takes one file.</summary>
    /// <param name="path">The full path of a file that is there.</param>
    protected abstract void Process(string path);
}
