using System.Collections.Concurrent;

using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Sessions;

/// <summary>The sessions and tables that all classifiers and callers in this process share.</summary>
internal static class SharedFiles
{
    private static readonly TimeSpan s_idleTime = TimeSpan.FromMinutes(2);

    private static readonly FileCache<OnnxSession> s_sessions = new(s_idleTime, session => session.Files)
    {
        Limits = CacheLimits.Read, Size = session => session.Size, Trimmed = () => ProcessMemory.ReturnUnused(),
    };

    private static readonly FileCache<WordVectorTable> s_tables = new(s_idleTime, table => table.Files)
    {
        Limits = CacheLimits.Read, Size = table => table.Size,
    };

    private static readonly string s_installed = InstalledFolder();

    private static readonly ConcurrentDictionary<FileIdentity, bool> s_verified = [];

    /// <summary>Rents a session for a model on a provider; the first call loads it.</summary>
    /// <param name="path">The model.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="cancellationToken">Ends the wait, and the loading if nobody else waits for it.</param>
    public static FileLease<OnnxSession> RentSession(
        string path, ExecutionProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return s_sessions.Rent(
            path,
            provider.Key,
            (file, stop) => OnnxSession.Load(file, provider, new SessionSettings(), stop),
            cancellationToken);
    }

    /// <summary>Rents a session for a model that takes words, opened at its rows.</summary>
    public static FileLease<OnnxSession> RentRows(
        string path, ExecutionProvider provider, CancellationToken cancellationToken = default) => s_sessions.Rent(
        path,
        provider.Key + "|rows",
        (file, stop) => OnnxSession.Load(file, provider, new SessionSettings { OpensRows = true }, stop),
        cancellationToken);

    /// <summary>Rents a vector table; the first call opens it.</summary>
    public static FileLease<WordVectorTable> RentTable(string path) => s_tables.Rent(
        path,
        string.Empty,
        (file, _) => IsInstalled(file) ? WordVectorTable.Map(file) : WordVectorTable.Open(file),
        CancellationToken.None);

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

    /// <summary>
    /// Closes all files that are not rented, and the others as soon as they are returned; gives their memory back to
    /// the system.
    /// </summary>
    /// <returns>What was closed, and how many files are still in use.</returns>
    public static ClearedFiles Clear()
    {
        (int sessions, _) = s_sessions.Clear();
        (int tables, int usedTables) = s_tables.Clear();
        if (sessions > 0)
        {
            ProcessMemory.ReturnUnused();
        }

        return new ClearedFiles(sessions, tables, OnnxSession.OpenCount, usedTables);
    }

    /// <summary>Does the same for sessions only.</summary>
    public static void ClearSessions()
    {
        if (s_sessions.Clear().Closed > 0)
        {
            ProcessMemory.ReturnUnused();
        }
    }

    // A file of the module, which only those write who also write its code.
    private static bool IsInstalled(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        return folder.Equals(s_installed, StringComparison.Ordinal)
            && (OperatingSystem.IsWindows() || (IsOwners(path) && IsOwners(folder)));

        static bool IsOwners(string path) =>
            (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
    }

    private static string InstalledFolder()
    {
        string bin = Path.GetDirectoryName(typeof(SharedFiles).Assembly.Location) ?? string.Empty;
        return Path.Combine(Path.GetDirectoryName(bin) ?? string.Empty, "models");
    }
}

/// <summary>What <see cref="SharedFiles.Clear"/> closed.</summary>
/// <param name="Sessions">The number of models that were closed.</param>
/// <param name="Tables">The number of tables that were closed.</param>
/// <param name="UsedSessions">The number of models that are still open.</param>
/// <param name="UsedTables">The number of tables that are closed when their users return them.</param>
internal sealed record ClearedFiles(int Sessions, int Tables, int UsedSessions, int UsedTables);
