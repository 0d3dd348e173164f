using System.Collections.ObjectModel;
using System.Management.Automation;

using OnnxDeep.IO;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Resolves -Path (with wildcards) and -LiteralPath to files; writes an error for each other path.</summary>
internal sealed class PathResolver(OnnxDeepCmdlet cmdlet)
{
    /// <summary>Resolves a path relative to the runspace's location, which differs from the process's.</summary>
    /// <exception cref="OnnxDeepException">The path contains a NUL character.</exception>
    public static string GetFullPath(PathIntrinsics location, string path)
    {
        RequireValid(path);
        try
        {
            string full = location.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return IsFileSystem(provider) ? full : path;
        }
        catch (SessionStateException)
        {
            // A path that does not belong to the file system is returned as is; opening it reports the error.
            return path;
        }
    }

    /// <summary>Resolves the path of a file that is written.</summary>
    /// <exception cref="OnnxDeepException">
    /// The path contains a NUL character, or does not belong to the file system.
    /// </exception>
    public static string GetOutputPath(PathIntrinsics location, string path)
    {
        RequireValid(path);
        try
        {
            string full = location.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return IsFileSystem(provider) ? full : throw NotWritable(path, $"belongs to the {provider.Name} provider");
        }
        catch (SessionStateException e)
        {
            throw NotWritable(path, "belongs to a drive that does not exist", e);
        }
    }

    /// <summary>Gets the files, in the order of the arguments.</summary>
    public IEnumerable<string> Resolve(IEnumerable<string> patterns, IEnumerable<string> literals) =>
        patterns.Where(IsValid).SelectMany(ResolvePattern)
            .Concat(literals.Where(IsValid).SelectMany(ResolveLiteral));

    // .NET's own message neither names the path nor says what to do.
    private static void RequireValid(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new OnnxDeepException(
                ErrorIds.PathInvalid,
                $"The path '{path.Replace("\0", "`0", StringComparison.Ordinal)}' contains a NUL character (`0), "
                + "which cannot be part of a path. Check that it does not come from a binary or UTF-16 file.");
        }
    }

    private bool IsValid(string path)
    {
        try
        {
            RequireValid(path);
            return true;
        }
        catch (OnnxDeepException e)
        {
            cmdlet.Report(Errors.From(e, path));
            return false;
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
                return IsFileSystem(pattern, provider) ? WithoutSpecial(pattern, paths) : [];
            }
        }
        catch (Exception e) when (e is SessionStateException or WildcardPatternException)
        {
            // No such item or drive, or a name with a bracket that begins no pattern.
        }

        // A pattern that matches nothing is returned as is; opening it reports a missing file.
        return ResolveLiteral(pattern);
    }

    // A wildcard takes regular files and folders, as a shell's loop over a folder is meant; a pipe or a device that is
    // named literally is an error when it is opened.
    private IReadOnlyCollection<string> WithoutSpecial(string pattern, IReadOnlyCollection<string> paths)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            return paths;
        }

        var kept = new List<string>();
        foreach (string path in paths)
        {
            if (InputFile.IsSpecial(path))
            {
                cmdlet.WriteVerbose($"'{path}' is a pipe, a device or a socket and was skipped.");
            }
            else
            {
                kept.Add(path);
            }
        }

        return kept.Count > 0 ? kept : ResolveLiteral(pattern);
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

    private static OnnxDeepException NotWritable(string path, string why, Exception? cause = null) => new(
        ErrorIds.PathInvalid,
        $"The path '{path}' {why}, but only files can be written. Specify the path of a file.",
        cause);

    private static bool IsFileSystem(ProviderInfo provider) => provider.Name == "FileSystem";

    private bool IsFileSystem(string path, ProviderInfo provider)
    {
        bool isFileSystem = IsFileSystem(provider);
        if (!isFileSystem)
        {
            cmdlet.Report(Errors.NotFileSystem(path, provider.Name));
        }

        return isFileSystem;
    }
}
