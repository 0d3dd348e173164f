using System.Globalization;

namespace OnnxDeep.Tests;

/// <summary>How often tests with random inputs or moments repeat: few times, or more with ONNXDEEP_LONG.</summary>
internal static class LongRun
{
    /// <summary>The factor; 1 unless the variable is set.</summary>
    public static int Factor { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("ONNXDEEP_LONG"), CultureInfo.InvariantCulture, out int factor)
        ? Math.Max(1, factor)
        : 1;
}
