using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>A session with its own settings, and the profile of its runs.</summary>
internal sealed class ModelProfile : IDisposable
{
    private readonly string? _path;
    private readonly string? _folder;

    /// <summary>Opens the model.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="threads">The number of threads per operator; 0 for the default of ONNX Runtime.</param>
    /// <param name="optimization">The level of graph optimisation.</param>
    /// <param name="path">The full path of the profile; null for none.</param>
    public ModelProfile(
        string model, ExecutionProvider provider, int threads, GraphOptimization optimization, string? path)
    {
        _path = path;

        // ONNX Runtime appends the time to the file name, so the profile is first written to a temporary folder.
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

    /// <summary>Moves the profile to its path.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
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
