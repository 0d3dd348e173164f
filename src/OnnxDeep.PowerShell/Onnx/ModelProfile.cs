using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>A session with settings of its own, and the profile of its runs.</summary>
internal sealed class ModelProfile : IDisposable
{
    private readonly string? _path;
    private readonly string? _folder;

    /// <summary>Opens the model.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="provider">Where it computes.</param>
    /// <param name="threads">Within an operator; 0 for the runtime's choice.</param>
    /// <param name="optimization">How far the graph is rewritten.</param>
    /// <param name="path">The profile's full path; null for none.</param>
    public ModelProfile(
        string model, ExecutionProvider provider, int threads, GraphOptimization optimization, string? path)
    {
        _path = path;

        // The runtime adds the time to the name that it is given, so it writes elsewhere first.
        _folder = path is null ? null : Directory.CreateTempSubdirectory("onnxdeep-profile-").FullName;
        try
        {
            Session = OnnxSession.Open(model, provider, new SessionSettings
            {
                Threads = threads,
                Optimization = optimization,
                ProfilePrefix = _folder is null ? null : Path.Combine(_folder, "profile"),
            });
        }
        catch
        {
            RemoveFolder();
            throw;
        }
    }

    /// <summary>The session.</summary>
    public OnnxSession Session { get; }

    /// <summary>Puts the profile where it is wanted.</summary>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public void Finish()
    {
        if (_path is not null)
        {
            File.Move(Session.EndProfile(), _path, overwrite: true);
        }
    }

    /// <summary>Closes the session.</summary>
    public void Dispose()
    {
        Session.Dispose();
        RemoveFolder();
    }

    private void RemoveFolder()
    {
        if (_folder is not null && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
