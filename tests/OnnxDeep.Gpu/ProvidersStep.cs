using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Gpu;

/// <summary>Lists the output of Get-OnnxExecutionProvider and the provider that Auto selects.</summary>
internal static class ProvidersStep
{
    /// <summary>Passes if Auto selects the provider.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Provider", "Device", "Number", "Vendor", "Available", "Reason");
        foreach (ExecutionProviderInfo info in ExecutionProvider.List())
        {
            report.Add(info.Name, info.Device, info.DeviceId, info.Vendor, info.IsAvailable, info.Reason);
        }

        var automatic = ExecutionProvider.Get("Auto");
        report.Note($"Auto selects {automatic.Name}: {automatic.Why}");
        return automatic.Name == (run.IsTrial ? "CPU" : "CUDA");
    }
}
