using System.Diagnostics;
using System.Reflection;

namespace OnnxDeep.Tests;

/// <summary>Compiles tests/data/plugin with this machine's C compiler; tests are skipped if there is none.</summary>
internal static class PluginLibrary
{
    /// <summary>Compiles a library.</summary>
    /// <param name="path">The path of the library.</param>
    /// <param name="define">NO_DEVICES, REFUSE or any other name, which has no effect.</param>
    public static string Compile(string path, string define = "USABLE")
    {
        string headers = typeof(PluginLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "OnnxRuntimeHeaders").Value!;
        string source = Path.Combine(Repository.Root, "tests", "data", "plugin", "plugin.c");
        Assert.SkipUnless(
            File.Exists(Path.Combine(headers, "onnxruntime_c_api.h")), "ONNX Runtime's package has no headers.");
        Assert.SkipWhen(OperatingSystem.IsWindows() || !HasCompiler, "The C compiler cc is not installed.");

        using Process compiler = Process.Start(
            "cc", ["-shared", "-fPIC", $"-D{define}", $"-I{headers}", "-o", path, source]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return path;
    }

    /// <summary>Whether this machine has the compiler.</summary>
    public static bool HasCompiler => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "cc")));
}
