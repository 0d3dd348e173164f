namespace OnnxDeep.Words.Download;

/// <summary>Checks the addresses of files and redirects.</summary>
internal static class DownloadAddress
{
    /// <summary>Checks the address that a caller requests.</summary>
    /// <exception cref="DownloadException">The address does not use http or https, or contains a password.</exception>
    public static void Check(Uri uri)
    {
        if (!uri.IsAbsoluteUri || !IsWeb(uri) || uri.Host.Length == 0)
        {
            throw DownloadErrors.UriInvalid(
                uri,
                "An address must start with https:// or http:// and a server name; "
                + "import files on disk by path.");
        }

        // They would not be sent, but would appear in messages and beside the unfinished file.
        if (uri.UserInfo.Length > 0)
        {
            throw DownloadErrors.UriInvalid(uri, "An address must not contain a user name or password; remove them.");
        }
    }

    /// <summary>Gets the target of a redirect.</summary>
    /// <param name="asked">The address that was originally requested, for errors.</param>
    /// <param name="current">The address that redirected.</param>
    /// <param name="location">The target that it named; may be relative, or null.</param>
    /// <exception cref="DownloadException">
    /// The redirect has no target, or leads from https to http or to another scheme.
    /// </exception>
    public static Uri Follow(Uri asked, Uri current, Uri? location)
    {
        if (location is null)
        {
            throw DownloadErrors.Failed(asked, "the server sent a redirect without a target", isTransient: false);
        }

        var next = new Uri(current, location);
        return IsWeb(next) && (current.Scheme != Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttps)
            ? next
            : throw DownloadErrors.UriInvalid(
                asked,
                $"The server redirects from {current.Scheme} to '{next.GetLeftPart(UriPartial.Path)}'; redirects are "
                + "followed to https, and to http only from http. Look for a newer address on the publisher's site.");
    }

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
