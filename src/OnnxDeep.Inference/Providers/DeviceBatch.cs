namespace OnnxDeep.Inference.Providers;

/// <summary>How many rows a device should get at once.</summary>
internal static class DeviceBatch
{
    // More gain little on a processor, and the first answers wait for them.
    private const int ProcessorRows = 256;

    // Of devices that do not say what they have.
    private const int UnknownRows = 4096;
    private const int MostRows = 16384;

    // Layers between input and output need room too, and other programs may be there.
    private const int ShareOfMemory = 1024;

    /// <summary>The rows for a device.</summary>
    /// <param name="isProcessor">Whether it is the processor.</param>
    /// <param name="memory">What it has, in bytes; null where it does not say.</param>
    /// <param name="rowBytes">The input of a row, at least 1.</param>
    public static int GetRows(bool isProcessor, long? memory, long rowBytes) => isProcessor ? ProcessorRows
        : memory is long bytes ? (int)Math.Clamp(bytes / ShareOfMemory / Math.Max(1, rowBytes), 1, MostRows)
        : UnknownRows;
}
