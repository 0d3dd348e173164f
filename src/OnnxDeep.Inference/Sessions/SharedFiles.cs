using OnnxDeep.Inference.Providers;
using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Sessions;

/// <summary>The sessions and tables of this process, shared by all classifiers and cmdlets.</summary>
internal static class SharedFiles
{
    private static readonly TimeSpan s_idleTime = TimeSpan.FromMinutes(2);

    private static readonly FileCache<OnnxSession> s_sessions = new(s_idleTime);

    private static readonly FileCache<WordVectorTable> s_tables = new(s_idleTime);

    /// <summary>Borrows a model on a provider; the first to ask for it loads it.</summary>
    public static FileLease<OnnxSession> RentSession(string path, ExecutionProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return s_sessions.Rent(path, provider.Key, file => OnnxSession.Open(file, provider));
    }

    /// <summary>Borrows a vector table; the first to ask for it maps it.</summary>
    public static FileLease<WordVectorTable> RentTable(string path) =>
        s_tables.Rent(path, string.Empty, WordVectorTable.Open);

    /// <summary>Closes what nobody uses, and the rest as soon as nobody does.</summary>
    public static void Clear()
    {
        ClearSessions();
        s_tables.Clear();
    }

    /// <summary>The same for models alone.</summary>
    public static void ClearSessions() => s_sessions.Clear();
}
