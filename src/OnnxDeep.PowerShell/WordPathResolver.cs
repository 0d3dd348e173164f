using System.Management.Automation;

namespace OnnxDeep.PowerShell;

/// <summary>Turns -Path (wildcards) and -LiteralPath into full file names; what cannot be resolved is an error each.</summary>
internal sealed class WordPathResolver(PSCmdlet cmdlet)
{
    /// <summary>The files, in the order that they were named.</summary>
    public IEnumerable<string> Resolve(IEnumerable<string> patterns, IEnumerable<string> literals)
    {
        foreach (string pattern in patterns)
        {
            foreach (string path in ResolvePattern(pattern))
            {
                yield return path;
            }
        }

        foreach (string literal in literals)
        {
            string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(
                literal, out ProviderInfo provider, out _);
            if (IsFileSystem(literal, provider))
            {
                yield return path;
            }
        }
    }

    private IReadOnlyCollection<string> ResolvePattern(string pattern)
    {
        try
        {
            IReadOnlyCollection<string> paths = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(
                pattern, out ProviderInfo provider);
            return IsFileSystem(pattern, provider) ? paths : [];
        }
        catch (ItemNotFoundException)
        {
            // Reading it gives our own error for a missing file.
            return [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(pattern)];
        }
    }

    private bool IsFileSystem(string path, ProviderInfo provider)
    {
        bool isFileSystem = provider.Name == "FileSystem";
        if (!isFileSystem)
        {
            cmdlet.WriteError(Errors.NotFileSystem(path, provider.Name));
        }

        return isFileSystem;
    }
}
