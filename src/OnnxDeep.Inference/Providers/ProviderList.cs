using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>Lists execution providers and their devices.</summary>
internal static class ProviderList
{
    private const string RuntimeLibrary = "onnxruntime";

    /// <summary>Returns the names of the providers that can run on this machine.</summary>
    public static IEnumerable<string> GetUsableNames() =>
        Get().Where(provider => provider.IsAvailable).Select(provider => provider.Name).Distinct();

    /// <summary>
    /// Returns the provider of the best device besides the CPU, GPUs first; null if nothing else can run models here.
    /// </summary>
    public static ExecutionProvider? FindBestDevice() => Get()
        .Where(provider => provider.IsAvailable && provider.Name != ProviderNames.Cpu)
        .OrderBy(provider => provider.Device switch { "GPU" => 0, "NPU" => 1, _ => 2 })
        .ThenBy(provider => ProviderNames.Known.ToList().IndexOf(provider.Name))
        .Select(provider => ExecutionProvider.Get(provider.Name))
        .FirstOrDefault();

    /// <summary>Implements <see cref="ExecutionProvider.List"/>.</summary>
    public static IReadOnlyList<ExecutionProviderInfo> Get()
    {
        IReadOnlyList<string> plugins = ProviderLibraries.GetNames();
        IEnumerable<string> others = ProviderNames.Known.Union(OnnxRuntimeHost.BuiltIn)
            .Where(name => !plugins.Contains(name, StringComparer.OrdinalIgnoreCase));
        IReadOnlyList<OrtEpDevice> devices = OnnxRuntimeHost.Environment.GetEpDevices();
        return [.. others.SelectMany(name => Describe(name, devices)), .. plugins.SelectMany(DescribePlugin)];
    }

    /// <summary>Returns the devices of a loaded library, or a single entry that says it has none.</summary>
    public static IReadOnlyList<ExecutionProviderInfo> Describe(ProviderLibrary library) => library.Devices.Count > 0
        ? [.. library.Devices.Select((device, id) => Describe(library.Name, device, id, library.Path))]
        :
        [
            new ExecutionProviderInfo
            {
                Name = library.Name,
                IsAvailable = false,
                Reason = ProviderResolver.NoDevices(library),
                Library = library.Path,
            },
        ];

    private static ExecutionProviderInfo[] Describe(string name, IReadOnlyList<OrtEpDevice> devices)
    {
        string? problem = name == ProviderNames.Cpu ? null : ProviderResolver.FindProblem(name);
        string? library = name == ProviderNames.Cuda ? CudaSupport.Library
            : OnnxRuntimeHost.BuiltIn.Contains(name) ? OnnxRuntimeHost.FindLibrary(RuntimeLibrary)
            : null;
        ExecutionProviderInfo[] known =
        [
            .. devices.Where(device => ProviderNames.Shorten(device.EpName) == name)
                .Select((device, id) => Describe(name, device, id, library) with
                {
                    IsAvailable = problem is null,
                    Reason = problem,
                }),
        ];
        return known.Length > 0 ? known
            :
            [
                new ExecutionProviderInfo
                {
                    Name = name,
                    IsAvailable = problem is null,
                    Reason = problem,
                    Library = library,
                },
            ];
    }

    private static IReadOnlyList<ExecutionProviderInfo> DescribePlugin(string name)
    {
        try
        {
            return ProviderLibraries.Find(name) is ProviderLibrary library ? Describe(library) : [];
        }
        catch (ModelException e)
        {
            return [new ExecutionProviderInfo { Name = name, IsAvailable = false, Reason = e.Message }];
        }
    }

    private static ExecutionProviderInfo Describe(string name, OrtEpDevice device, int id, string? library) => new()
    {
        Name = name,
        Device = $"{device.HardwareDevice.Type}",
        DeviceId = id,
        Vendor = device.HardwareDevice.Vendor,
        IsAvailable = true,
        Library = library,
    };
}
