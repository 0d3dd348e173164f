using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>A plug-in library that ONNX Runtime has loaded, and the devices that came with it.</summary>
internal sealed class ProviderLibrary(string name, string path, IReadOnlyList<OrtEpDevice> devices)
{
    /// <summary>The name that the user gave it.</summary>
    public string Name { get; } = name;

    /// <summary>The file, as a full path.</summary>
    public string Path { get; } = path;

    /// <summary>In ONNX Runtime's order; the place of a device is its id.</summary>
    public IReadOnlyList<OrtEpDevice> Devices { get; } = devices;

    /// <summary>The sessions that are open on its devices; of the registry's lock.</summary>
    public int Users { get; set; }
}
