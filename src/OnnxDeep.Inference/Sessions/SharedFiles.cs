using System.Collections.Concurrent;

using OnnxDeep.Inference.Providers;
using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Sessions;

/// <summary>The sessions and tables that all classifiers and callers in this process share.</summary>
internal static class SharedFiles
{
    private static readonly TimeSpan s_idleTime = TimeSpan.FromMinutes(2);

    private static readonly FileCache<OnnxSession> s_sessions = new(s_idleTime, session => session.Files);

    private static readonly FileCache<WordVectorTable> s_tables = new(s_idleTime, table => table.Files);

    private static readonly ConcurrentDictionary<FileIdentity, bool> s_verified = [];

    /// <summary>Rents a session for a model on a provider; the first call loads it.</summary>
    public static FileLease<OnnxSession> RentSession(string path, ExecutionProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return s_sessions.Rent(path, provider.Key, file => OnnxSession.Open(file, provider));
    }

    /// <summary>Rents a session for a model that takes words, opened at its rows.</summary>
    public static FileLease<OnnxSession> RentRows(string path, ExecutionProvider provider) => s_sessions.Rent(
        path,
        provider.Key + "|rows",
        file => OnnxSession.Open(file, provider, new SessionSettings { OpensRows = true }));

    /// <summary>Rents a vector table; the first call maps it.</summary>
    public static FileLease<WordVectorTable> RentTable(string path) =>
        s_tables.Rent(path, string.Empty, WordVectorTable.Open);

    /// <summary>
    /// Compares the content of a table with the digest in it, once for each content of a file in this process.
    /// </summary>
    /// <returns>Whether the table has a digest.</returns>
    /// <exception cref="FileFormatException">The content is not what the digest says.</exception>
    public static bool Verify(WordVectorTable table, CancellationToken cancellationToken)
    {
        FileIdentity identity = table.Files.Files[0].Identity;
        if (table.ContentSha256.Length > 0 && !s_verified.ContainsKey(identity))
        {
            DateTimeOffset start = DateTimeOffset.UtcNow;
            table.Verify(cancellationToken);
            if (identity.IsSettledAt(start))
            {
                s_verified.TryAdd(identity, true);
            }
        }

        return table.ContentSha256.Length > 0;
    }

    /// <summary>Closes all files that are not rented, and the others as soon as they are returned.</summary>
    public static void Clear()
    {
        ClearSessions();
        s_tables.Clear();
    }

    /// <summary>Does the same for sessions only.</summary>
    public static void ClearSessions() => s_sessions.Clear();
}
