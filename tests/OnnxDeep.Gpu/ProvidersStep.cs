using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Gpu;

/// <summary>What Get-OnnxExecutionProvider lists, and what Auto chooses.</summary>
internal static class ProvidersStep
{
    /// <summary>Passes where Auto chooses the provider.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Provider", "Device", "Number", "Vendor", "Available", "Reason");
        foreach (ExecutionProviderInfo info in ExecutionProvider.List())
        {
            report.Add(info.Name, info.Device, info.DeviceId, info.Vendor, info.IsAvailable, info.Reason);
        }

        var automatic = ExecutionProvider.Get("Auto");
        report.Note($"Auto chooses {automatic.Name}: {automatic.Why}");
        return automatic.Name == (run.IsTrial ? "CPU" : "CUDA");
    }
}
