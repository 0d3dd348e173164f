using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>Resolves a request to a provider that can run, or to the reason why it cannot.</summary>
internal static class ProviderResolver
{
    /// <summary>The option that sets the device.</summary>
    public const string DeviceOption = "device_id";

    /// <summary>Implements <see cref="ExecutionProvider.Get"/>.</summary>
    public static ExecutionProvider Resolve(string name, int? deviceId, IReadOnlyDictionary<string, string> options)
    {
        string known = ProviderNames.Shorten(name);
        if (known == ProviderNames.Cpu)
        {
            return ResolveCpu(deviceId, options);
        }

        bool isAuto = known == ProviderNames.Auto;
        ExecutionProvider? found = TryFind(
            isAuto ? ProviderNames.Cuda : name, deviceId, options, out ModelException? problem);
        if (isAuto && problem is
            {
                ErrorId: not (ErrorIds.ProviderDeviceNotFound or ErrorIds.ProviderOptionInvalid
                    or ErrorIds.ProviderLibraryUnsafe),
            })
        {
            string unused = deviceId is null && options.Count == 0 ? string.Empty
                : " The device and the options apply to CUDA only and are ignored.";
            return ExecutionProvider.OnCpu($"{problem.Message}{unused}");
        }

        return found ?? throw problem!;
    }

    /// <summary>Returns why a provider of this or another build cannot run; null if it can.</summary>
    public static string? FindProblem(string name)
    {
        TryFind(name, null, new Dictionary<string, string>(), out ModelException? problem);
        return problem?.Message;
    }

    private static ExecutionProvider ResolveCpu(int? deviceId, IReadOnlyDictionary<string, string> options)
    {
        if (deviceId is > 0)
        {
            throw new ModelException(
                ErrorIds.ProviderDeviceNotFound,
                $"The CPU has no device {deviceId}, only device 0. "
                + "Also specify the provider of the device, such as CUDA.");
        }

        return options.Count == 0 ? ExecutionProvider.Cpu : throw new ModelException(
            ErrorIds.ProviderOptionInvalid,
            $"The CPU provider has no options, so {string.Join(", ", options.Keys)} would have no effect. "
            + "Also specify the provider of the options, such as CUDA.");
    }

    private static ExecutionProvider? TryFind(
        string name, int? deviceId, IReadOnlyDictionary<string, string> options, out ModelException? problem)
    {
        problem = null;
        try
        {
            if (ProviderLibraries.Find(name) is ProviderLibrary library)
            {
                return FromLibrary(library, deviceId ?? 0, options);
            }
        }
        catch (ModelException e)
        {
            problem = e;
            return null;
        }

        name = ProviderNames.Shorten(name);
        if (OnnxRuntimeHost.BuiltIn.FirstOrDefault(
            own => own.Equals(name, StringComparison.OrdinalIgnoreCase)) is string builtIn)
        {
            return TryBuiltIn(builtIn, deviceId, options, out problem);
        }

        problem = name == ProviderNames.Cuda ? Unavailable(name, CudaSupport.FindProblem() ?? CudaSupport.FlavorAdvice)
            : ProviderNames.Known.Contains(name) ? Unavailable(
                name,
                "This build of ONNX Runtime does not include it. If its vendor offers a plug-in library, register it.")
            : new ModelException(
                ErrorIds.ProviderNotFound,
                $"There is no execution provider '{name}'. Providers that can run on this machine: "
                + $"{string.Join(", ", ProviderList.GetUsableNames())}.");
        return null;
    }

    private static ExecutionProvider FromLibrary(
        ProviderLibrary library, int deviceId, IReadOnlyDictionary<string, string> options)
    {
        if (library.Devices.Count == 0)
        {
            throw Unavailable(library.Name, NoDevices(library));
        }

        if (deviceId < 0 || deviceId >= library.Devices.Count)
        {
            throw new ModelException(
                ErrorIds.ProviderDeviceNotFound,
                $"{library.Name} has no device {deviceId}. Its devices are 0 to {library.Devices.Count - 1}.");
        }

        OrtEpDevice device = library.Devices[deviceId];
        return new ExecutionProvider(
            library.Name,
            $"It is provided by the library '{library.Path}'.",
            Key(library.Name, deviceId, options),
            session => session.AppendExecutionProvider(OnnxRuntimeHost.Environment, [device], options))
        {
            Library = library, DeviceId = deviceId, Options = options,
        };
    }

    /// <summary>Returns why a library without devices cannot be used.</summary>
    internal static string NoDevices(ProviderLibrary library) =>
        $"The library '{library.Path}' was loaded but finds no device on this machine."
        + (library.Name.Equals(ProviderNames.Cuda, StringComparison.OrdinalIgnoreCase)
            && CudaSupport.FindDriverProblem() is string problem
                ? $" {problem}"
                : " Check that its device and driver are installed.");

    private static ExecutionProvider? TryBuiltIn(
        string name, int? deviceId, IReadOnlyDictionary<string, string> options, out ModelException? problem)
    {
        if (name == ProviderNames.Cuda && CudaSupport.FindProblem() is string reason)
        {
            problem = Unavailable(name, reason);
            return null;
        }

        // CUDA checks the driver, which may be too old for it, only if a device is specified.
        if (name == ProviderNames.Cuda
            && Try(name, new Dictionary<string, string> { [DeviceOption] = "0" }) is string unusable)
        {
            problem = Unavailable(name, unusable);
            return null;
        }

        var all = new Dictionary<string, string>(options);
        if (deviceId is int id)
        {
            all[DeviceOption] = $"{id}";
        }

        if (Try(name, all) is not string refusal)
        {
            problem = null;
            return new ExecutionProvider(
                name,
                "It is included in this build of ONNX Runtime.",
                Key(name, deviceId, options),
                session => Append(session, name, all))
            {
                DeviceId = deviceId, Options = options,
            };
        }

        problem = all.Count > 0 && Try(name, []) is null
            ? new ModelException(
                ErrorIds.ProviderOptionInvalid,
                $"{name} rejects {string.Join(", ", all.Select(option => $"{option.Key} = {option.Value}"))}: "
                + $"{refusal} Specify options and a device that {name} supports.")
            : Unavailable(name, refusal);
        return null;
    }

    private static string? Try(string name, Dictionary<string, string> options)
    {
        using var session = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            Append(session, name, options);
            return null;
        }
        catch (OnnxRuntimeException e)
        {
            return OnnxRuntimeHost.Explain(e);
        }
    }

    // ONNX Runtime has separate methods for NVIDIA's two providers.
    private static void Append(SessionOptions session, string name, Dictionary<string, string> options)
    {
        if (name == ProviderNames.Cuda)
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(options);
            session.AppendExecutionProvider_CUDA(cuda);
        }
        else if (name == ProviderNames.TensorRt)
        {
            using var tensorRt = new OrtTensorRTProviderOptions();
            tensorRt.UpdateOptions(options);
            session.AppendExecutionProvider_Tensorrt(tensorRt);
        }
        else
        {
            session.AppendExecutionProvider(name, options);
        }
    }

    private static string Key(string name, int? deviceId, IReadOnlyDictionary<string, string> options) => string.Join(
        '\0',
        options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}")
            .Prepend($"{deviceId}").Prepend(name));

    private static ModelException Unavailable(string name, string reason) =>
        new(ErrorIds.ProviderUnavailable, $"{name} cannot run here. {reason}");
}
