namespace OnnxDeep.Words.Download;

/// <summary>How far a download has come.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Bytes">Of the file, those that are there; while checking, those that are checked.</param>
/// <param name="TotalBytes">The file's size; while checking, that of what is there; null where it is not known.</param>
public readonly record struct DownloadProgress(DownloadStage Stage, long Bytes, long? TotalBytes);
