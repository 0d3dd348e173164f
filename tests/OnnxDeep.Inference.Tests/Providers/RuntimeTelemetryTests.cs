using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Tests.Providers;

public sealed class RuntimeTelemetryTests
{
    // CallHomeTests of the module's tests observes what the variables achieve.
    [Fact]
    public void ReportsAreOffInTheEnvironmentThatNativeCodeSees()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The variables have no effect on Windows.");
        Assert.Null(Environment.GetEnvironmentVariable(RuntimeTelemetry.Switch));

        // This has happened already if another test used ONNX Runtime first, and nothing repeats it.
        RuntimeHelpers.RunModuleConstructor(typeof(RuntimeTelemetry).Module.ModuleHandle);

        Assert.Equal(["ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"], RuntimeTelemetry.OptOuts);
        Assert.All(RuntimeTelemetry.OptOuts, name =>
            Assert.Equal("1", Marshal.PtrToStringUTF8(GetNativeVariable(name))));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("True", true)]
    [InlineData(" 1 ", true)]
    [InlineData("0", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void OnlyOneAndTrueAskForReports(string? value, bool expected) =>
        Assert.Equal(expected, RuntimeTelemetry.IsOn(value));

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr GetNativeVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
