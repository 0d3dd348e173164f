using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnnxDeep.Tests;

/// <summary>
/// Keeps others from writing to the files of these tests and of the programs that they start, because settings and
/// libraries that others can write are refused. Some systems let the group of a user write.
/// </summary>
internal static class Umask
{
    private const int OthersWrite = 0b010_010;

    /// <summary>Sets the permissions that new files lack, and returns those of before; not on Windows.</summary>
    public static int Set(int mask) => SetMask(mask);

    [ModuleInitializer]
    internal static void Use()
    {
        if (!OperatingSystem.IsWindows())
        {
            Set(Set(OthersWrite) | OthersWrite);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetMask(int mask);
}
