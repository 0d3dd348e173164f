using System.Runtime.ExceptionServices;

namespace OnnxDeep.IO;

/// <summary>
/// A file that appears complete or not at all: it is written under another name in the same folder, then renamed. If
/// the path leads to a pipe or device, the complete file is copied into it.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const int FileTooLarge = 27;
    private const int DiskFull = 28;
    private const int QuotaOnMac = 69;
    private const int QuotaOnLinux = 122;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    private readonly OutputTarget _target;
    private readonly string _temporary;
    private readonly OutputStream _stream;
    private bool _isKept;

    private AtomicFile(OutputTarget target, string temporary, OutputStream stream)
    {
        _target = target;
        _temporary = temporary;
        _stream = stream;
    }

    /// <summary>The stream to write to, which can seek; its errors are <see cref="OnnxDeepException"/>s.</summary>
    public Stream Stream => _stream;

    /// <summary>Whether the path leads to a pipe or device.</summary>
    public bool IsStream => _target.IsStream;

    /// <summary>Starts a file, and creates its folder if needed.</summary>
    /// <param name="path">The file to write; of a link, the file that it leads to is written.</param>
    /// <param name="existing">What happens to an existing file.</param>
    /// <param name="modeOf">A file whose permissions a new file gets, so the copy of a private file is private.</param>
    /// <exception cref="OnnxDeepException">The path cannot be written.</exception>
    public static AtomicFile Create(
        string path, ExistingFile existing = ExistingFile.Replace, string? modeOf = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OutputTarget target = OutputTarget.Find(path, existing);
        string folder = target.TemporaryFolder;
        string temporary = Leftovers.NewPath(folder, Path.GetFileName(target.FullPath));
        try
        {
            Directory.CreateDirectory(folder);
            Leftovers.SweepOnce(folder);
            return new AtomicFile(target, temporary, new OutputStream(path, temporary, target.NewMode(modeOf)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e, temporary);
        }
    }

    /// <summary>Writes a file, completely or not at all.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="existing">What happens to an existing file.</param>
    /// <param name="stop">Cancels the command before the file is written.</param>
    /// <exception cref="OnnxDeepException">The path cannot be written; any existing file is unchanged.</exception>
    public static void Write(
        string path,
        Action<Stream> write,
        ExistingFile existing = ExistingFile.Replace,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        using AtomicFile file = Create(path, existing);
        write(file.Stream);
        file.Commit(stop);
    }

    /// <summary>Creates the folder and checks that files can be written to it.</summary>
    /// <exception cref="OnnxDeepException">The folder is not writable.</exception>
    public static void CheckFolder(string folder) => Create(Path.Combine(folder, "probe")).Dispose();

    /// <summary>Whether an exception says that the disk, or what the user may take of it, is full.</summary>
    public static bool IsFull(Exception exception) => exception.HResult
        is DiskFull or WindowsDiskFull or WindowsHandleDiskFull or QuotaOnLinux or QuotaOnMac;

    /// <summary>Creates the error <see cref="ErrorIds.OutputNotWritable"/>.</summary>
    /// <param name="path">The path that the user knows.</param>
    /// <param name="cause">The error.</param>
    /// <param name="temporary">The path that the error may name instead; may be null.</param>
    public static OnnxDeepException NotWritable(string path, Exception cause, string? temporary = null)
    {
        string why = Explain(cause);
        return new OnnxDeepException(
            ErrorIds.OutputNotWritable,
            $"'{path}' cannot be written: "
            + (temporary is null ? why : why.Replace(temporary, path, StringComparison.Ordinal)),
            cause);
    }

    /// <summary>Creates the error <see cref="ErrorIds.FileExists"/>.</summary>
    public static OnnxDeepException Exists(string path) => new(
        ErrorIds.FileExists, $"The file '{path}' already exists. Specify another path.");

    /// <summary>Gives the finished file its name.</summary>
    /// <param name="stop">Cancels the wait for the reader of a pipe.</param>
    /// <exception cref="OnnxDeepException">
    /// The path cannot be written; any existing file is unchanged. Or the file exists and must not be replaced.
    /// </exception>
    public void Commit(CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            _stream.Flush(flushToDisk: true);
            switch (_target.Prepare(_stream.SafeFileHandle))
            {
                case OutputWay.Rename:
                    Rename();
                    break;
                case OutputWay.Overwrite:
                    Overwrite();
                    break;
                default:
                    Send(stop);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_target.Path, e, _temporary);
        }
    }

    /// <summary>Deletes the file if it was not committed.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OnnxDeepException)
        {
            // The disk is full, and the first error says so.
        }

        try
        {
            if (!_isKept)
            {
                File.Delete(_temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Report the first error rather than this one.
        }
    }

    // Closed first: Windows cannot rename an open file, and elsewhere others could not open it while it is locked. The
    // file is too new to be swept.
    private void Rename()
    {
        _stream.Dispose();
        if (_target.Existing == ExistingFile.Keep)
        {
            if (!FileMove.TryCreate(_temporary, _target.FullPath))
            {
                throw Exists(_target.Path);
            }
        }
        else
        {
            FileMove.Replace(_temporary, _target.FullPath);
        }

        FileMove.FlushFolder(_target.TemporaryFolder);
    }

    private void Overwrite()
    {
        bool isBegun = false;
        try
        {
            using FileStream output = _target.OpenExisting();
            _stream.Position = 0;
            isBegun = true;
            _stream.CopyTo(output);
            output.SetLength(_stream.Length);
            output.Flush(flushToDisk: true);
        }
        catch (Exception e) when (isBegun && e is IOException or UnauthorizedAccessException)
        {
            // The old content is lost, so the new one must not be.
            _isKept = true;
            string kept = Path.ChangeExtension(_temporary, null);
            File.Move(_temporary, kept);
            throw new OnnxDeepException(
                ErrorIds.OutputNotWritable,
                $"'{_target.Path}' was written only in part: {Explain(e)} The complete content is in '{kept}'.",
                e);
        }
    }

    // To open a pipe waits until somebody reads it.
    private void Send(CancellationToken stop)
    {
        _stream.Position = 0;
        var sending = Task.Run(
            () =>
            {
                using Stream output = _target.OpenForStream();
                stop.ThrowIfCancellationRequested();
                _stream.CopyTo(output);
            },
            CancellationToken.None);
        try
        {
            sending.Wait(stop);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
        }
    }

    private static string Explain(Exception cause) => cause.HResult switch
    {
        DiskFull or WindowsDiskFull or WindowsHandleDiskFull =>
            "the disk is full. Free some space, or choose another location.",
        QuotaOnLinux or QuotaOnMac =>
            "the disk quota of this user is used up. Free some space, or choose another location.",
        FileTooLarge => "the file is larger than the system permits. Choose another location.",
        _ => $"{cause.Message.TrimEnd('.')}. Choose a location that you can write to.",
    };

    /// <summary>A new file whose errors, such as a full disk, name the path that it is meant for.</summary>
    private sealed class OutputStream : FileStream
    {
        // Enough for a disk to work on, and little enough to wait for at the end.
        private const long MostUnsent = 4 << 20;

        private readonly string _target;
        private long _unsent;

        public OutputStream(string target, string path, UnixFileMode? mode)
            : base(path, Options(mode)) => _target = target;

        public override void Write(byte[] buffer, int offset, int count) =>
            Guard(() => base.Write(buffer, offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                base.Write(buffer);
            }
            catch (IOException e)
            {
                throw NotWritable(_target, e, Name);
            }

            _unsent += buffer.Length;
            if (_unsent > MostUnsent)
            {
                _unsent = 0;
                FileMove.BeginFlush(SafeFileHandle);
            }
        }

        public override void SetLength(long value) => Guard(() => base.SetLength(value));

        public override void Flush(bool flushToDisk) => Guard(() => base.Flush(flushToDisk));

        private static FileStreamOptions Options(UnixFileMode? mode)
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            return options;
        }

        private void Guard(Action action)
        {
            try
            {
                action();
            }
            catch (IOException e)
            {
                throw NotWritable(_target, e, Name);
            }
        }
    }
}
