using System.Reflection;
using System.Runtime.InteropServices;

namespace OnnxDeep.Loader;

/// <summary>The platforms that a copy of the module has native libraries for.</summary>
public static class ModulePlatform
{
    // SkiaSharp has one library for all macOS architectures, in a folder of this name.
    private const string AllMacs = "osx";

    private static readonly string[] s_published =
        typeof(ModulePlatform).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Platforms")
            .Value!.Split(';');

    /// <summary>
    /// Returns why this copy of the module is the wrong one for this process, and which one is right; null if it is
    /// right, if no copy has native libraries for this platform, or if this copy has none at all, in which case the
    /// commands that need one say so.
    /// </summary>
    /// <param name="directory">The folder of the assemblies and of runtimes.</param>
    public static string? FindMismatch(string directory) => FindMismatch(directory, Current);

    /// <summary>Returns the same for a given platform, such as linux-x64.</summary>
    public static string? FindMismatch(string directory, string platform)
    {
        string runtimes = Path.Combine(directory, "runtimes");
        if (Directory.Exists(Path.Combine(runtimes, platform)) || !s_published.Contains(platform))
        {
            return null;
        }

        string[] folders = Directory.Exists(runtimes) ? Directory.GetDirectories(runtimes) : [];
        string[] platforms = [.. folders.Select(folder => Path.GetFileName(folder)).Where(IsPlatform).Order()];
        return platforms.Length == 0
            ? null
            : $"This copy of OnnxDeep has native libraries for {string.Join(", ", platforms)}, "
                + $"but this PowerShell runs on {platform}. "
                + $"Install the package of OnnxDeep for {platform}, or the full one, which is for all platforms.";
    }

    // Not RuntimeInformation.RuntimeIdentifier, which may name a distribution, such as ubuntu.24.04-x64.
    private static string Current
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? AllMacs : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static bool IsPlatform(string folder) => folder != AllMacs;
}
