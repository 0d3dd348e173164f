using System.Collections.ObjectModel;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Turns -Path (wildcards) and -LiteralPath into full file names; what cannot be resolved is an error each.
/// </summary>
internal sealed class PathResolver(PSCmdlet cmdlet)
{
    /// <summary>A path of the runspace's location, which is not the process's, made full.</summary>
    public static string GetFullPath(PathIntrinsics location, string path)
    {
        try
        {
            return location.GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (SessionStateException)
        {
            // A path on a drive that does not exist stays as it is: nothing will be found there.
            return path;
        }
    }

    /// <summary>The files, in the order that they were named.</summary>
    public IEnumerable<string> Resolve(IEnumerable<string> patterns, IEnumerable<string> literals) =>
        patterns.SelectMany(ResolvePattern).Concat(literals.SelectMany(ResolveLiteral));

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
