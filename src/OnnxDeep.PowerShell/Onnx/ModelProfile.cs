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
    /// <exception cref="OnnxDeepException">The file cannot be written, or a disk is full.</exception>
    public void Finish(CancellationToken stop)
    {
        if (_path is null)
        {
            return;
        }

        using FileStream profile = File.OpenRead(Session.EndProfile());
        if (!IsComplete(profile))
        {
            throw new OnnxDeepException(
                ErrorIds.OutputNotWritable,
                $"The profile '{_path}' cannot be written: ONNX Runtime wrote only part of it to the folder for "
                + $"temporary files, '{Path.GetTempPath()}', whose disk may be full. Free space there.");
        }

        AtomicFile.Write(_path, profile.CopyTo, stop: stop);
    }

    // ONNX Runtime does not report a full disk. A profile is an array in JSON.
    private static bool IsComplete(FileStream profile)
    {
        Span<byte> end = stackalloc byte[8];
        profile.Seek(-Math.Min(end.Length, profile.Length), SeekOrigin.End);
        end = end[..profile.ReadAtLeast(end, end.Length, throwOnEndOfStream: false)];
        profile.Position = 0;
        return end.TrimEnd("\r\n "u8).EndsWith("]"u8);
    }

    /// <summary>Closes the session.</summary>
    public void Dispose()
    {
        Session.Dispose();
        _folder?.Dispose();
    }
}
