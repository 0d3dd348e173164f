using System.Security.Cryptography;
using System.Text;

using OnnxDeep.Words.Download;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Where a download lies until it is imported.</summary>
internal static class DownloadNames
{
    private const int MostCharacters = 80;

    /// <summary>A file name of the address's own, in front of it what tells it from another address.</summary>
    public static string Of(Uri uri)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri.ToString())))[..8];
        string last = uri.IsAbsoluteUri ? Uri.UnescapeDataString(uri.Segments[^1]) : string.Empty;
        string name = string.Concat(last.Split([.. Path.GetInvalidFileNameChars(), '/', '\\', ':']));
        return $"{digest}-{name[Math.Max(0, name.Length - MostCharacters)..]}";
    }

    /// <summary>
    /// Whether a file that an earlier call could not import is the whole one: nothing has to be sent again.
    /// </summary>
    public static bool IsComplete(string path, WordVectorPublication publication)
    {
        if (!File.Exists(path) || (publication.Length is null && publication.Sha256 is null))
        {
            return false;
        }

        using FileStream stream = File.OpenRead(path);
        return (publication.Length is not long length || stream.Length == length)
            && (publication.Sha256 is not string sha256
                || Convert.ToHexString(SHA256.HashData(stream)).Equals(sha256, StringComparison.OrdinalIgnoreCase));
    }
}
