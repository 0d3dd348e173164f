using System.Runtime.CompilerServices;

namespace OnnxDeep.Tests;

/// <summary>Keeps the tables of these tests out of the user's folder; child processes inherit the setting.</summary>
internal static class UserHome
{
    /// <summary>The folder of this test run.</summary>
    public static string Path { get; } = Directory.CreateTempSubdirectory("onnxdeep-test-home-").FullName;

    /// <summary>Gets the names of the files in a subfolder; empty if the subfolder does not exist.</summary>
    public static string[] Files(string folder)
    {
        string path = System.IO.Path.Combine(Path, folder);
        return Directory.Exists(path)
            ? [.. Directory.GetFiles(path).Select(file => System.IO.Path.GetFileName(file))]
            : [];
    }

    [ModuleInitializer]
    internal static void Use()
    {
        Environment.SetEnvironmentVariable("ONNXDEEP_HOME", Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path, recursive: true);
    }
}
