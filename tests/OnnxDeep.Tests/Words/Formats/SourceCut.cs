using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Another program cuts a source off while it is imported.</summary>
internal static class SourceCut
{
    /// <summary>Imports, empties the file after the first row, and requires an error and no table.</summary>
    /// <param name="path">The source.</param>
    /// <param name="writer">
    /// The file as the other program opened it before; null if it opens it during the import.
    /// </param>
    public static void AssertTypedError(string path, FileStream? writer)
    {
        using var folder = new TemporaryDirectory();
        using var source = WordVectorSource.Open(path, new ImportOptions(), folder.Path);
        Task? cut = null;

        void CutOnce(ImportProgress progress)
        {
            if (cut is null)
            {
                // To open the file waits until the import notices, so this thread waits only for the kernel to know.
                cut = Task.Run(() => Cut(path, writer), TestContext.Current.CancellationToken);
                SpinWait.SpinUntil(() => cut.IsCompleted || IsAwaited(), TimeSpan.FromSeconds(10));
                long now = Environment.TickCount64;
                SpinWait.SpinUntil(() => Environment.TickCount64 != now);
            }
        }

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => source.Import(folder.File("table.safetensors"), CutOnce));

        source.Dispose();
        cut!.Wait(TestContext.Current.CancellationToken);
        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
        Assert.Equal(0, new FileInfo(path).Length);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static void Cut(string path, FileStream? writer)
    {
        using FileStream? opened = writer is null
            ? new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)
            : null;
        (writer ?? opened!).SetLength(0);
    }

    // The import's lease, if another program waits for it.
    private static bool IsAwaited() => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/locks").Any(line =>
            line.Contains(" BREAKING ", StringComparison.Ordinal)
            && line.Contains($" {Environment.ProcessId} ", StringComparison.Ordinal));
}
