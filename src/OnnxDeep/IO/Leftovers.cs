using System.Buffers;
using System.Collections.Concurrent;

namespace OnnxDeep.IO;

/// <summary>
/// Deletes the temporary files of processes that were killed. They are known by their names, belong to this user, were
/// written more than a day ago, and no process has locked them. Everything else stays.
/// </summary>
internal static class Leftovers
{
    /// <summary>The end of the names of temporary files.</summary>
    public const string Extension = ".onnxdeep.tmp";

    // Of versions up to 0.6, and only in folders that have no other files than those of this program.
    private const string EarlierExtension = ".tmp";
    private const int DigitCount = 32;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");
    private static readonly TimeSpan s_age = TimeSpan.FromDays(1);
    private static readonly ConcurrentDictionary<(string, Action<string, DateTime>), bool> s_swept = new();

    /// <summary>Creates the path of a temporary file in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the file that it will become.</param>
    public static string NewPath(string folder, string name)
    {
        // File systems limit a name to 255 bytes; a character has at most three, and a pair of surrogates four.
        const int MostCharacters = 60;
        int length = Math.Min(name.Length, MostCharacters);
        if (length > 0 && char.IsHighSurrogate(name[length - 1]))
        {
            length--;
        }

        return Path.Combine(folder, $"{name[..length]}.{Guid.NewGuid():N}{Extension}");
    }

    /// <summary>Sweeps a folder if this process has not done so yet.</summary>
    /// <param name="folder">The full path.</param>
    public static void SweepOnce(string folder) => Once(folder, Sweep);

    /// <summary>Sweeps a folder if this process has not done so yet.</summary>
    /// <param name="folder">The full path.</param>
    /// <param name="sweep">Takes the folder and the current time.</param>
    public static void Once(string folder, Action<string, DateTime> sweep)
    {
        if (s_swept.TryAdd((folder, sweep), true))
        {
            sweep(folder, DateTime.UtcNow);
        }
    }

    /// <summary>Deletes the leftovers in a folder, which may not exist. What cannot be deleted stays.</summary>
    /// <param name="folder">The full path.</param>
    /// <param name="now">The current time.</param>
    public static void Sweep(string folder, DateTime now)
    {
        bool isOwnFolder = UserData.DirectoryOrEmpty is { Length: > 0 } home && FileTarget.IsInside(home, folder);
        ForEach(folder, "*" + EarlierExtension, Directory.EnumerateFiles, path =>
        {
            if (IsOwnName(Path.GetFileName(path.AsSpan()), isOwnFolder) && IsAbandoned(path, now))
            {
                File.Delete(path);
            }
        });
    }

    /// <summary>Whether a plain file of this user has not been written for a day, and is not locked.</summary>
    /// <exception cref="IOException">The file is locked, or cannot be opened.</exception>
    public static bool IsAbandoned(string path, DateTime now)
    {
        if (FileStatus.OfName(path) is not { Kind: FileKind.File } status
            || status.Owner != FileStatus.CurrentUser
            || !IsOld(File.GetLastWriteTimeUtc(path), now))
        {
            return false;
        }

        // A process that is still writing has locked the file, so this fails.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
        return true;
    }

    /// <summary>Whether something was written more than a day ago.</summary>
    public static bool IsOld(DateTime written, DateTime now) => now - written > s_age;

    /// <summary>Calls an action for each path; errors of some do not stop the others.</summary>
    public static void ForEach(
        string folder, string pattern, Func<string, string, IEnumerable<string>> enumerate, Action<string> action)
    {
        try
        {
            foreach (string path in enumerate(folder, pattern))
            {
                try
                {
                    action(path);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // In use, or already deleted by another process.
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder does not exist or cannot be listed.
        }
    }

    private static bool IsOwnName(ReadOnlySpan<char> name, bool isOwnFolder)
    {
        ReadOnlySpan<char> rest = name.EndsWith(Extension, StringComparison.Ordinal) ? name[..^Extension.Length]
            : isOwnFolder ? name[..^EarlierExtension.Length]
            : [];
        return rest.Length > DigitCount + 1
            && rest[^(DigitCount + 1)] == '.'
            && !rest[^DigitCount..].ContainsAnyExcept(s_digits);
    }
}
