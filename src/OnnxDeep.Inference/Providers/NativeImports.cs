using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// Reads the dependencies of a native library. Operating systems report that a library cannot be loaded but not always
/// which dependency is missing, and loading a provider outside ONNX Runtime to find out would crash.
/// </summary>
internal static class NativeImports
{
    /// <summary>
    /// Returns the names of the dependencies; empty if the file is not a library in a supported format.
    /// </summary>
    public static IReadOnlyList<string> Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return ElfImports.Read(stream) ?? PeImports.Read(stream) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or BadImageFormatException or OverflowException)
        {
            return [];
        }
    }

    /// <summary>Returns the dependencies that cannot be loaded on this machine.</summary>
    public static IReadOnlyList<string> FindMissing(string path) => FindMissing(path, CanLoad);

    /// <summary>
    /// Returns the dependencies that are not in the file's folder and that <paramref name="canLoad"/> rejects.
    /// </summary>
    public static IReadOnlyList<string> FindMissing(string path, Predicate<string> canLoad)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        return [.. Read(path).Where(name => !File.Exists(Path.Combine(folder, name)) && !canLoad(name))];
    }

    private static bool CanLoad(string name)
    {
        bool isThere = NativeLibrary.TryLoad(name, out IntPtr handle);
        if (isThere)
        {
            NativeLibrary.Free(handle);
        }

        return isThere;
    }
}
