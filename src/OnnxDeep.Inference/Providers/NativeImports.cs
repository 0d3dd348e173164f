using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// The libraries that a native library needs. Systems say that one does not load, but not always which of its needs is
/// missing, and loading a provider outside ONNX Runtime to find out would crash.
/// </summary>
internal static class NativeImports
{
    /// <summary>The names that the file asks for; none where it is no library that we can read.</summary>
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

    /// <summary>Those of the names that this machine does not load.</summary>
    public static IReadOnlyList<string> FindMissing(string path) => FindMissing(path, CanLoad);

    /// <summary>Those of the names that are not beside the file and that <paramref name="canLoad"/> refuses.</summary>
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
