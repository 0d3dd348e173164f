using System.Diagnostics;
using System.Net.Sockets;

namespace OnnxDeep.Tests;

/// <summary>Creates files that are not regular ones, on Linux and macOS.</summary>
internal static class SpecialFile
{
    /// <summary>Skips the test on Windows, which has no such files in folders.</summary>
    public static void SkipOnWindows() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes or sockets in folders.");

    /// <summary>Creates a named pipe, to which nobody writes.</summary>
    public static string CreatePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }

    /// <summary>Creates a socket, whose file exists until it is disposed.</summary>
    public static Socket CreateSocket(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }
}
