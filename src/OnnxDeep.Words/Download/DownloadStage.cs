namespace OnnxDeep.Words.Download;

/// <summary>What a download is doing.</summary>
public enum DownloadStage
{
    /// <summary>Reads again what an earlier call left, for the SHA-256.</summary>
    Checking,

    /// <summary>Waits for the server's answer.</summary>
    Connecting,

    /// <summary>Takes the file in.</summary>
    Receiving,

    /// <summary>Pauses after a broken line, before the next try.</summary>
    Waiting,
}
