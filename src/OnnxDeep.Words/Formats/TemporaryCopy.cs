using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats;

/// <summary>Decompresses to a file on disk for readers that need random access.</summary>
internal static class TemporaryCopy
{
    private const int BufferLength = 1 << 18;

    /// <summary>
    /// Copies a stream to a file that is deleted when it is closed; if the process is killed first,
    /// <see cref="AtomicFile.RemoveAbandoned"/> finds the file by its name.
    /// </summary>
    /// <param name="stream">The stream to read to its end; not closed.</param>
    /// <param name="folder">The folder, which is created if needed.</param>
    /// <param name="stop">Cancels the decompression and deletes the file.</param>
    /// <returns>The file, open for reading, at its start.</returns>
    /// <exception cref="FileFormatException">The compressed data is damaged.</exception>
    /// <exception cref="OnnxDeepException">The folder is not writable.</exception>
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
