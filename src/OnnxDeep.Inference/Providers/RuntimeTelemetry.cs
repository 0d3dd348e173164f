using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Providers;

/// <summary>The usage reports of ONNX Runtime, which are off unless the user asks for them.</summary>
internal static partial class RuntimeTelemetry
{
    /// <summary>The variable that leaves the reports on if its value is 1 or true.</summary>
    public const string Switch = "ONNXDEEP_TELEMETRY";

    /// <summary>The variables that turn off the reports on Linux and macOS, the second in other builds.</summary>
    public static IReadOnlyList<string> OptOuts { get; } = ["ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"];

    /// <summary>Whether the user asked for the reports.</summary>
    public static bool IsWanted => IsOn(Environment.GetEnvironmentVariable(Switch));

    /// <summary>Returns whether a value of the switch asks for the reports.</summary>
    public static bool IsOn(string? value) =>
        value?.Trim() is string text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Sets the variables in the native environment, which ONNX Runtime reads once, when it is loaded: before any code
    /// of this assembly runs, and only this assembly uses ONNX Runtime.
    /// </summary>
    /// <remarks>
    /// .NET has its own copy of the environment, so what is set there, as by <c>$env:</c>, does not reach the runtime.
    /// </remarks>
    [ModuleInitializer]
    internal static void SetOptOuts()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        bool isWanted = IsWanted;
        foreach (string name in OptOuts)
        {
            // If the reports are wanted, a variable that turns them off still does.
            if ((isWanted ? Environment.GetEnvironmentVariable(name) : "1") is string value)
            {
                SetNativeVariable(name, value, 1);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);
}
