using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;

using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Download;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Downloads word vectors from their publisher and imports them.</summary>
[Cmdlet(
    VerbsData.Save, "WordVector",
    DefaultParameterSetName = NameSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.SaveWordVector)]
[OutputType(typeof(WordVectorTableInfo))]
public sealed class SaveWordVectorCommand : ImportCmdlet
{
    private const string NameSet = "Name";
    private const string UriSet = "Uri";
    private const int MostNameCharacters = 80;

    /// <summary>The name of the word vectors in the catalogue; with -Uri, the name of the new table.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = UriSet)]
    [PublicationCompleter, ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The address of a file that Import-WordVector can read.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>The SHA-256 of the file, 64 hexadecimal digits.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidatePattern("^[0-9A-Fa-f]{64}$")]
    public string? Sha256 { get; set; }

    /// <summary>The proxy server; the default is the system's.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for the proxy server.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Keeps the downloaded file; -Verbose shows its path.</summary>
    [Parameter]
    public SwitchParameter KeepDownload { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        WordVectorPublication publication;
        if (ParameterSetName == UriSet)
        {
            publication = FromUri(Uri!);
        }
        else if (WordVectorCatalog.Find(Name!) is WordVectorPublication known)
        {
            publication = known;
        }
        else
        {
            WriteError(Errors.PublicationNotFound(Name!, WordVectorCatalog.All.Select(item => item.Name)));
            return;
        }

        Attempt(publication.Uri, () => Save(publication));
    }

    private WordVectorPublication FromUri(Uri uri) => new()
    {
        Name = Name ?? string.Empty,
        Uri = uri,
        Sha256 = Sha256,
        Dimensions = 0,
        Keys = 0,
        License = string.Empty,
        Description = string.Empty,
        Publisher = uri.IsAbsoluteUri ? uri.Host : string.Empty,
    };

    private void Save(WordVectorPublication publication)
    {
        string? name = publication.Name.Length > 0 ? publication.Name : null;
        if (name is not null)
        {
            // An invalid name must fail before the download, not after it.
            Tables.GetNewPath(name, Force);
        }

        string size = publication.Length is long length
            ? FormattableString.Invariant($" ({length / 1e6:N0} MB)")
            : string.Empty;
        if (!ShouldProcess($"{publication.Uri}{size}", "Download and import word vectors"))
        {
            return;
        }

        UserData.CreateDirectory();
        if (publication.License.Length > 0)
        {
            WriteVerbose(
                $"{publication.Name} is published by {publication.Publisher}; licence: {publication.License}.");
        }

        string path = Download(publication, out OpenedFiles verified);
        bool isImported = Import(path, CreateOptions(name, null, Entry ?? publication.Entry), verified);
        if (isImported && !KeepDownload)
        {
            File.Delete(path);
        }
        else
        {
            WriteVerbose($"The downloaded file is '{path}'.");
        }
    }

    private string Download(WordVectorPublication publication, out OpenedFiles verified)
    {
        string path = System.IO.Path.Combine(UserData.DownloadsDirectory, GetFileName(publication.Uri));
        if (IsComplete(path, publication, out verified))
        {
            WriteVerbose($"'{path}' has already been downloaded.");
            return path;
        }

        var bar = new ProgressBar(this, $"Downloading {publication.Uri}");
        try
        {
            using var downloader = new FileDownloader(new DownloadOptions
            {
                Proxy = Proxy,
                ProxyCredentials = ProxyCredential?.GetNetworkCredential(),
            });
            DownloadResult result = downloader.Download(
                publication.ToRequest(),
                path,
                progress => Report(bar, progress),
                Stop);
            WriteVerbose(
                FormattableString.Invariant($"Downloaded {result.Length:N0} bytes, ")
                + FormattableString.Invariant($"{result.ResumedBytes:N0} of them in an earlier attempt; ")
                + $"SHA-256 {result.Sha256}, {(result.IsVerified ? "verified" : "not verified")}.");
        }
        finally
        {
            bar.Complete();
        }

        using FileStream stream = InputFile.Open(path);
        verified = OpenedFiles.Of(path, stream);
        return path;
    }

    // The file name in the address, with a hash of the address as a prefix to make it unique.
    private static string GetFileName(Uri uri)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri.ToString())))[..8];
        string last = uri.IsAbsoluteUri ? Uri.UnescapeDataString(uri.Segments[^1]) : string.Empty;
        string name = string.Concat(last.Split([.. System.IO.Path.GetInvalidFileNameChars(), '/', '\\', ':']));
        return $"{digest}-{name[Math.Max(0, name.Length - MostNameCharacters)..]}";
    }

    // A complete file that an earlier call could not import is not downloaded again.
    private bool IsComplete(string path, WordVectorPublication publication, out OpenedFiles verified)
    {
        verified = new OpenedFiles([]);
        if (!File.Exists(path) || (publication.Length is null && publication.Sha256 is null))
        {
            return false;
        }

        using FileStream stream = InputFile.Open(path);
        verified = OpenedFiles.Of(path, stream);
        return (publication.Length is not long length || stream.Length == length)
            && (publication.Sha256 is not string sha256
                || Convert.ToHexString(SHA256.HashData(new CancellableStream(stream, Stop)))
                    .Equals(sha256, StringComparison.OrdinalIgnoreCase));
    }

    private static void Report(ProgressBar bar, DownloadProgress progress) => bar.Report(
        progress.TotalBytes is > 0 and long total ? (double)progress.Bytes / total : 0,
        () => progress.TotalBytes is long total
            ? FormattableString.Invariant($"{progress.Stage}: {progress.Bytes / 1e6:N1} of {total / 1e6:N1} MB")
            : FormattableString.Invariant($"{progress.Stage}: {progress.Bytes / 1e6:N1} MB"));
}
