namespace OnnxDeep.Words.Download;

/// <summary>Which addresses are taken, of files and of redirects.</summary>
internal static class DownloadAddress
{
    /// <summary>Checks what a caller asks for.</summary>
    /// <exception cref="DownloadException">It is no http or https address, or holds a password.</exception>
    public static void Check(Uri uri)
    {
        if (!uri.IsAbsoluteUri || !IsWeb(uri) || uri.Host.Length == 0)
        {
            throw DownloadErrors.UriInvalid(
                uri,
                "An address starts with https:// or http:// and a server's name; "
                + "import files on disk by their path.");
        }

        // They would not be sent, but would stand in the messages and beside the unfinished file.
        if (uri.UserInfo.Length > 0)
        {
            throw DownloadErrors.UriInvalid(uri, "An address must not hold a user or a password; leave them out.");
        }
    }

    /// <summary>Where a redirect leads.</summary>
    /// <param name="asked">What was asked for in the first place, for errors.</param>
    /// <param name="current">The address that answered.</param>
    /// <param name="location">Its answer; may be relative, or null.</param>
    /// <exception cref="DownloadException">It leads nowhere, from https to http or to another scheme.</exception>
    public static Uri Follow(Uri asked, Uri current, Uri? location)
    {
        if (location is null)
        {
            throw DownloadErrors.Failed(asked, "the server redirects without saying where to", isTransient: false);
        }

        var next = new Uri(current, location);
        return IsWeb(next) && (current.Scheme != Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttps)
            ? next
            : throw DownloadErrors.UriInvalid(
                asked,
                $"The server redirects from {current.Scheme} to '{next.GetLeftPart(UriPartial.Path)}'; redirects are "
                + "followed to https, and to http only from http. Look for a newer address at its publisher's.");
    }

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
