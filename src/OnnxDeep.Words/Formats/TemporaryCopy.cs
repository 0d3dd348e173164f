using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats;

/// <summary>Unpacked bytes on disk, for readers that jump about in them.</summary>
internal static class TemporaryCopy
{
    private const int BufferLength = 1 << 18;

    /// <summary>
    /// Writes what a stream holds to a file that is gone once it is closed; where the process is killed before,
    /// <see cref="AtomicFile.RemoveAbandoned"/> finds it by its name.
    /// </summary>
    /// <param name="stream">Read to its end, not closed.</param>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="stop">Ends the unpacking; nothing is left then.</param>
    /// <returns>Open for reading, at its start.</returns>
    /// <exception cref="FileFormatException">The packed data are damaged.</exception>
    /// <exception cref="OnnxDeepException">The folder cannot be written.</exception>
    public static FileStream Create(SourceStream stream, string folder, CancellationToken stop)
    {
        string path = Path.Combine(folder, $"unpacked.{Guid.NewGuid():N}{AtomicFile.TemporaryExtension}");
        FileStream? copy = null;
        try
        {
            Directory.CreateDirectory(folder);
            copy = new FileStream(
                path,
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 0,
                FileOptions.DeleteOnClose);
            byte[] buffer = new byte[BufferLength];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                stop.ThrowIfCancellationRequested();
                copy.Write(buffer, 0, read);
            }

            copy.Position = 0;
            return copy;
        }
        catch (Exception e)
        {
            copy?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw AtomicFile.NotWritable(folder, e);
            }

            throw;
        }
    }
}
