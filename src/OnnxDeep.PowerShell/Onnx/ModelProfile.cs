using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>A session with its own settings, and the profile of its runs.</summary>
internal sealed class ModelProfile : IDisposable
{
    private readonly string? _path;
    private readonly TemporaryFolder? _folder;

    /// <summary>Opens the model.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="threads">The number of threads per operator; 0 for the default of ONNX Runtime.</param>
    /// <param name="optimization">The level of graph optimisation.</param>
    /// <param name="path">The full path of the profile; null for none.</param>
    /// <param name="cancellationToken">Ends the wait for the runtime.</param>
    public ModelProfile(
        string model,
        ExecutionProvider provider,
        int threads,
        GraphOptimization optimization,
        string? path,
        CancellationToken cancellationToken)
    {
        _path = path;

        // ONNX Runtime appends the time to the file name, so the profile is first written to a temporary folder.
        _folder = path is null ? null : new TemporaryFolder("profile");
        try
        {
            var settings = new SessionSettings
            {
                Threads = threads,
                Optimization = optimization,
                ProfilePrefix = _folder?.File("profile"),
            };
            Session = OnnxSession.Open(model, provider, settings, cancellationToken);
        }
        catch
        {
            _folder?.Dispose();
            throw;
        }
    }

    /// <summary>The session.</summary>
    public OnnxSession Session { get; }

    /// <summary>Copies the profile to its path.</summary>
    /// <param name="stop">Cancels the command before the file is written.</param>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public void Finish(CancellationToken stop)
    {
        if (_path is not null)
        {
            using FileStream profile = File.OpenRead(Session.EndProfile());
            AtomicFile.Write(_path, profile.CopyTo, stop: stop);
        }
    }

    /// <summary>Closes the session.</summary>
    public void Dispose()
    {
        Session.Dispose();
        _folder?.Dispose();
    }
}
