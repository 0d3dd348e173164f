using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// The bytes of a pipe or a device as they come, until the program at the other end closes it. To wait for them can be
/// cancelled at any time, and leaves no read behind that would take bytes from the next reader.
/// </summary>
/// <param name="handle">The open pipe; closed with this stream.</param>
/// <param name="cancellationToken">Cancels the wait.</param>
internal sealed partial class PipeStream(SafeFileHandle handle, CancellationToken cancellationToken) : ForwardStream
{
    private const int WaitMilliseconds = 50;
    private const short Readable = 1;
    private const int Interrupted = 4;

    private static readonly int s_tryAgain = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The pipe cannot be read.</exception>
    protected override int ReadNext(Span<byte> buffer) =>
        OperatingSystem.IsWindows() ? ReadWindows(buffer) : ReadUnix(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle.Dispose();
        }

        base.Dispose(disposing);
    }

    // The pipe was opened without waiting, so a read returns at once, as at the end if nobody writes yet. Only the
    // poll knows the difference.
    private unsafe int ReadUnix(Span<byte> buffer)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = new PollRequest { File = (int)handle.DangerousGetHandle(), Events = Readable };
            if (Poll(&request, 1, WaitMilliseconds) <= 0)
            {
                continue;
            }

            fixed (byte* start = buffer)
            {
                nint read = Read(handle, start, (nuint)buffer.Length);
                int error = Marshal.GetLastPInvokeError();
                if (read >= 0)
                {
                    return (int)read;
                }

                if (error != s_tryAgain && error != Interrupted)
                {
                    throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}.");
                }
            }
        }
    }

    // Windows cannot wait for a pipe that was opened for synchronous reads; the thread ends with the pipe.
    private int ReadWindows(Span<byte> buffer)
    {
        byte[] bytes = new byte[buffer.Length];
        var reading = Task.Run(() => RandomAccess.Read(handle, bytes, 0), CancellationToken.None);
        Task.WaitAny([reading], cancellationToken);
        int count = reading.GetAwaiter().GetResult();
        bytes.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint Read(SafeFileHandle file, byte* buffer, nuint length);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        /// <summary>The file descriptor.</summary>
        public int File;

        /// <summary>The events to wait for.</summary>
        public short Events;

        /// <summary>The events that occurred.</summary>
        public short Occurred;
    }
}
