using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// The base of all cmdlets: one token that Ctrl+C cancels, exceptions turned into error records, the module's own
/// models at hand.
/// </summary>
public abstract class OnnxDeepCmdlet : PSCmdlet, IDisposable
{
    /// <summary>The parameter set of words.</summary>
    protected const string WordSet = "Word";

    /// <summary>The parameter set of names, or files with wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set of files as written.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    private readonly CancellationTokenSource _stop = new();

    /// <summary>The models that came with the module.</summary>
    internal static ModelStore Models { get; } = new(FindModels());

    /// <summary>The vector tables that came with the module, and the user's own.</summary>
    internal static VectorStore Tables { get; } = new(FindModels());

    /// <summary>Cancelled by Ctrl+C.</summary>
    protected CancellationToken Stop => _stop.Token;

    /// <summary>Frees what the cmdlet holds; PowerShell calls it however the pipeline ends.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing) => _stop.Dispose();

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(OnBegin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(OnProcess);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(OnEnd);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Before the first input; an exception here ends the command.</summary>
    protected virtual void OnBegin()
    {
    }

    /// <summary>For each input.</summary>
    protected virtual void OnProcess()
    {
    }

    /// <summary>After the last input.</summary>
    protected virtual void OnEnd()
    {
    }

    /// <summary>A path of the current location, made full.</summary>
    protected string GetFullPath(string path) => PathResolver.GetFullPath(SessionState.Path, path);

    /// <summary>A model's file, from a name of the module's own or a path of the current location.</summary>
    protected string ResolveModel(string nameOrPath) => Models.Resolve(nameOrPath, GetFullPath(nameOrPath));

    /// <summary>
    /// A vector table's file, from a name of the module's or the user's own or a path of the current location.
    /// </summary>
    protected string ResolveTable(string nameOrPath) => Tables.Resolve(nameOrPath, GetFullPath(nameOrPath));

    /// <summary>
    /// The vectors to use with a model: those that the user names, or by default the model's own, if a named table has
    /// them.
    /// </summary>
    /// <param name="vectors">The value of the parameter Vectors.</param>
    /// <param name="readMetadata">Reads the model's metadata, while the default table is opened.</param>
    /// <returns>A name or a path.</returns>
    private protected string ChooseVectors(string vectors, Func<ModelMetadata> readMetadata)
    {
        string path = ResolveTable(vectors);
        if (MyInvocation.BoundParameters.ContainsKey("Vectors"))
        {
            return vectors;
        }

        var reading = Task.Run(readMetadata);
        using FileLease<WordVectorTable> table = SharedFiles.RentTable(path);
        return reading.GetAwaiter().GetResult().VectorsContentSha256 is { Length: > 0 } trained
            && !trained.Equals(table.Value.ContentSha256, StringComparison.OrdinalIgnoreCase)
            && Tables.FindByContent(trained) is string own
                ? own
                : vectors;
    }

    /// <summary>
    /// Takes models one by one, from names of the module's own and paths whose wildcards are resolved, or from paths as
    /// they are written; a bad one is an error of its own.
    /// </summary>
    /// <param name="namesOrPaths">Of the parameter set Path.</param>
    /// <param name="literals">Of the parameter set LiteralPath.</param>
    /// <param name="step">Takes the full path of a file that exists.</param>
    private protected void ForEachModel(
        IReadOnlyList<string> namesOrPaths, IReadOnlyList<string> literals, Action<string> step)
    {
        var resolver = new PathResolver(this);
        IReadOnlyList<string> names = Models.GetNames();
        IEnumerable<string> paths = ParameterSetName == LiteralPathSet
            ? resolver.Resolve([], literals)
            : namesOrPaths.SelectMany(path => names.Contains(path, StringComparer.OrdinalIgnoreCase)
                ? [Models.Resolve(path)]
                : resolver.Resolve([path], []));
        foreach (string path in paths)
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(path, () => step(Models.Resolve(path, path)));
        }
    }

    /// <summary>
    /// Does a step for one of many items: what is wrong with it is an error of its own, and the others go on.
    /// </summary>
    /// <param name="target">What the error is about.</param>
    /// <param name="step">The step.</param>
    private protected void Attempt(object? target, Action step)
    {
        try
        {
            step();
        }
        catch (OnnxDeepException e)
        {
            WriteError(Errors.From(e, target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(Errors.FromFile(e));
        }
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (OnnxDeepException e)
        {
            ThrowTerminatingError(Errors.From(e, null));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.FromFile(e));
        }
    }

    private static string FindModels()
    {
        string bin = Path.GetDirectoryName(typeof(OnnxDeepCmdlet).Assembly.Location)!;
        return Path.Combine(Path.GetDirectoryName(bin)!, "models");
    }
}
