namespace OnnxDeep.Words.Formats.Archives;

/// <summary>A file of a tape archive.</summary>
/// <param name="Name">As the archive has it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="IsLink">Whether it only points to another one.</param>
internal readonly record struct TarEntry(string Name, long Length, bool IsLink);
