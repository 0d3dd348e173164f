using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// The base class of all cmdlets: provides a token that Ctrl+C cancels, converts exceptions to error records, and
/// resolves models and vector tables.
/// </summary>
public abstract class OnnxDeepCmdlet : PSCmdlet, IDisposable
{
    /// <summary>The parameter set for words.</summary>
    protected const string WordSet = "Word";

    /// <summary>The parameter set for names, or paths with wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set for literal paths.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    private readonly CancellationTokenSource _stop = new();

    /// <summary>The models of the module.</summary>
    internal static ModelStore Models { get; } = new(FindModels());

    /// <summary>The vector tables of the module and the user.</summary>
    internal static VectorStore Tables { get; } = new(FindModels());

    /// <summary>The token that Ctrl+C cancels.</summary>
    protected CancellationToken Stop => _stop.Token;

    /// <summary>Releases the cmdlet's resources; PowerShell calls this method however the pipeline ends.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the cmdlet's resources.</summary>
    protected virtual void Dispose(bool disposing) => _stop.Dispose();

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(OnBegin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(OnProcess);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(OnEnd);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Called before the first input; an exception ends the command.</summary>
    protected virtual void OnBegin()
    {
    }

    /// <summary>Called for each input.</summary>
    protected virtual void OnProcess()
    {
    }

    /// <summary>Called after the last input.</summary>
    protected virtual void OnEnd()
    {
    }

    /// <summary>Returns the answers that wait, such as those of a batch; called before each error.</summary>
    private protected virtual void Flush()
    {
    }

    /// <summary>
    /// Writes an error after the answers for the input before it, because the error may end the pipeline.
    /// </summary>
    internal void Report(ErrorRecord error)
    {
        Flush();
        WriteError(error);
    }

    /// <summary>Ends the command with an error, after the answers for the input before it.</summary>
    internal void Terminate(ErrorRecord error)
    {
        Flush();
        ThrowTerminatingError(error);
    }

    /// <summary>Writes an error whose text controls no terminal.</summary>
    public new void WriteError(ErrorRecord errorRecord) => base.WriteError(Errors.Show(errorRecord));

    /// <summary>Ends the command with an error whose text controls no terminal.</summary>
    public new void ThrowTerminatingError(ErrorRecord errorRecord) =>
        base.ThrowTerminatingError(Errors.Show(errorRecord));

    /// <summary>Writes a warning that controls no terminal.</summary>
    public new void WriteWarning(string text) => base.WriteWarning(ShownText.Message(text));

    /// <summary>Writes a text for -Verbose that controls no terminal.</summary>
    public new void WriteVerbose(string text) => base.WriteVerbose(ShownText.Message(text));

    /// <summary>Shows progress with texts that control no terminal.</summary>
    public new void WriteProgress(ProgressRecord progressRecord)
    {
        ArgumentNullException.ThrowIfNull(progressRecord);
        progressRecord.Activity = ShownText.Value(progressRecord.Activity);
        progressRecord.StatusDescription = ShownText.Value(progressRecord.StatusDescription);
        base.WriteProgress(progressRecord);
    }

    /// <summary>Asks for confirmation with texts that control no terminal.</summary>
    public new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(ShownText.Message(target), ShownText.Message(action));

    /// <summary>Resolves a path relative to the current location.</summary>
    protected string GetFullPath(string path) => PathResolver.GetFullPath(SessionState.Path, path);

    /// <summary>Resolves the path of a file that is written, relative to the current location.</summary>
    protected string GetOutputPath(string path) => PathResolver.GetOutputPath(SessionState.Path, path);

    /// <summary>Gets the path of a model, given the name of a model of the module, or a path.</summary>
    protected string ResolveModel(string nameOrPath) => Models.Resolve(nameOrPath, GetFullPath(nameOrPath));

    /// <summary>
    /// Gets the path of a vector table, given the name of a table of the module or the user, or a path.
    /// </summary>
    protected string ResolveTable(string nameOrPath) => Tables.Resolve(nameOrPath, GetFullPath(nameOrPath));

    /// <summary>
    /// Gets the vectors to use with a model: those that the user specifies, or by default those that the model was
    /// trained on, if a named table contains them.
    /// </summary>
    /// <param name="vectors">The value of the Vectors parameter.</param>
    /// <param name="readMetadata">Reads the model's metadata while the default table is being opened.</param>
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
    /// Processes models one at a time, given names of models of the module and paths with wildcards, or literal paths.
    /// An error in one model does not stop the others.
    /// </summary>
    /// <param name="namesOrPaths">The value in the parameter set Path.</param>
    /// <param name="literals">The value in the parameter set LiteralPath.</param>
    /// <param name="step">Processes the full path of an existing file.</param>
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

    /// <summary>Processes one of several items and writes its error, which does not stop the others.</summary>
    /// <param name="target">The target of the error record.</param>
    /// <param name="step">The step.</param>
    private protected void Attempt(object? target, Action step)
    {
        try
        {
            step();
        }
        catch (OnnxDeepException e)
        {
            Report(Errors.From(e, target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(Errors.FromFile(e));
        }
    }

    /// <summary>Runs code of the libraries that takes no token, such as the reading of a model.</summary>
    private protected T Wait<T>(Func<T> work) => Interruptible.Run(work, _ => { }, Stop);

    private void Guard(Action step)
    {
        try
        {
            RunThenFlush(step);
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
        catch (Exception e) when (Errors.IsUnexpected(e))
        {
            ThrowTerminatingError(Errors.Unexpected(e, MyInvocation.MyCommand.Name));
        }
    }

    // The error of a step comes after the answers for the input before it.
    private void RunThenFlush(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (
            e is OnnxDeepException or IOException or UnauthorizedAccessException || Errors.IsUnexpected(e))
        {
            Flush();
            throw;
        }
    }

    private static string FindModels()
    {
        string bin = Path.GetDirectoryName(typeof(OnnxDeepCmdlet).Assembly.Location)!;
        return Path.Combine(Path.GetDirectoryName(bin)!, "models");
    }
}
