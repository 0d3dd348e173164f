using System.Collections;
using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Providers;
using OnnxDeep.PowerShell.Words;

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

    /// <summary>A model's file, from a name of the module's own or a path of the current location.</summary>
    protected string ResolveModel(string nameOrPath) =>
        Models.Resolve(nameOrPath, GetFullPath(SessionState.Path, nameOrPath));

    /// <summary>
    /// The files of models, by names of the module's own and paths whose wildcards are resolved, or as they are
    /// written.
    /// </summary>
    /// <param name="namesOrPaths">Of the parameter set Path.</param>
    /// <param name="literals">Of the parameter set LiteralPath.</param>
    private protected IEnumerable<string> ResolveModels(
        IReadOnlyList<string> namesOrPaths, IReadOnlyList<string> literals)
    {
        var resolver = new WordPathResolver(this);
        if (ParameterSetName == LiteralPathSet)
        {
            return resolver.Resolve([], literals);
        }

        IReadOnlyList<string> names = Models.GetNames();
        return namesOrPaths.SelectMany(path => names.Contains(path, StringComparer.OrdinalIgnoreCase)
            ? [Models.Resolve(path)]
            : resolver.Resolve([path], []));
    }

    /// <summary>
    /// A vector table's file, from a name of the module's or the user's own or a path of the current location.
    /// </summary>
    protected string ResolveTable(string nameOrPath) =>
        Tables.Resolve(nameOrPath, GetFullPath(SessionState.Path, nameOrPath));

    /// <summary>
    /// Where to run a model, from the parameters Provider, DeviceId and ProviderOption; -Verbose tells why.
    /// </summary>
    /// <exception cref="ModelException">It cannot run there.</exception>
    protected ExecutionProvider ResolveProvider(string name, int? deviceId, Hashtable? options)
    {
        var provider = ExecutionProvider.Get(name, deviceId, options is null ? null : ReadOptions(options));
        WriteVerbose($"Provider {provider.Name}. {provider.Why}");
        return provider;
    }

    /// <summary>
    /// Opens a model with vectors; where the user named none, the model's own are taken, if they are among the named
    /// tables.
    /// </summary>
    /// <param name="model">The model's file.</param>
    /// <param name="vectors">What the parameter Vectors holds; becomes the table that is used.</param>
    /// <param name="open">Opens the model with the table of a path.</param>
    /// <exception cref="ModelException">The vectors are not the model's, whose own are not there.</exception>
    protected T OpenWithVectors<T>(string model, ref string vectors, Func<string, T> open)
    {
        try
        {
            return open(ResolveTable(vectors));
        }
        catch (ModelException e) when (e.ErrorId == ErrorIds.VectorsMismatch
            && !MyInvocation.BoundParameters.ContainsKey("Vectors"))
        {
            var metadata = ModelMetadata.FromProperties(OnnxModelFile.Load(model).Properties);
            if (Tables.FindByContent(metadata.VectorsContentSha256 ?? string.Empty) is not string own)
            {
                throw;
            }

            vectors = own;
            return open(own);
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

    /// <summary>A path of the runspace's location, which is not the process's, made full.</summary>
    internal static string GetFullPath(PathIntrinsics location, string path)
    {
        try
        {
            return location.GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (SessionStateException)
        {
            // A path on a drive that is not there stays as it is: it will not be found.
            return path;
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

    private Dictionary<string, string> ReadOptions(Hashtable options)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry option in options)
        {
            if (ProviderOptionText.From(option.Value) is not string text)
            {
                ThrowTerminatingError(Errors.ProviderOptionInvalid(option));
                break;
            }

            texts[$"{option.Key}"] = text;
        }

        return texts;
    }

    private static string FindModels()
    {
        string bin = Path.GetDirectoryName(typeof(OnnxDeepCmdlet).Assembly.Location)!;
        return Path.Combine(Path.GetDirectoryName(bin)!, "models");
    }
}
