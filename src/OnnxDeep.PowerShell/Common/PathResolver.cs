using System.Collections.ObjectModel;
using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// Turns -Path (wildcards) and -LiteralPath into full file names; what cannot be resolved is an error each.
/// </summary>
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
            foreach (string path in ResolveLiteral(literal))
            {
                yield return path;
            }
        }
    }

    private IReadOnlyCollection<string> ResolvePattern(string pattern)
    {
        try
        {
            Collection<string> paths = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(
                pattern, out ProviderInfo provider);
            if (paths.Count > 0)
            {
                return IsFileSystem(pattern, provider) ? paths : [];
            }
        }
        catch (SessionStateException)
        {
            // No such item or drive.
        }

        // Reading what matches nothing gives our own error for a missing file.
        return ResolveLiteral(pattern);
    }

    private IReadOnlyCollection<string> ResolveLiteral(string literal)
    {
        try
        {
            string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(
                literal, out ProviderInfo provider, out _);
            return IsFileSystem(literal, provider) ? [path] : [];
        }
        catch (SessionStateException)
        {
            return [literal];
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
