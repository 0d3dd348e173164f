using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>From what the user asks for to a provider that can run, or to the reason why it cannot.</summary>
internal static class ProviderResolver
{
    /// <summary>The option that stands for -DeviceId.</summary>
    public const string DeviceOption = "device_id";

    /// <summary>See <see cref="ExecutionProvider.Get"/>.</summary>
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
            { ErrorId: not (ErrorIds.ProviderDeviceNotFound or ErrorIds.ProviderOptionInvalid) })
        {
            string unused = deviceId is null && options.Count == 0 ? string.Empty
                : " The device and the options are CUDA's and are not used.";
            return ExecutionProvider.OnCpu($"{problem.Message}{unused}");
        }

        return found ?? throw problem!;
    }

    /// <summary>Why a provider that is part of this build or known to others cannot run; null where it can.</summary>
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
                + "Name the provider of the device too, such as CUDA.");
        }

        return options.Count == 0 ? ExecutionProvider.Cpu : throw new ModelException(
            ErrorIds.ProviderOptionInvalid,
            $"The CPU takes no options, and {string.Join(", ", options.Keys)} would have no effect. "
            + "Name the provider of the options too, such as CUDA.");
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

        problem = name == ProviderNames.Cuda ? Unavailable(name, CudaSupport.FindProblem() ?? ProviderAdvice.Flavor)
            : ProviderNames.Known.Contains(name) ? Unavailable(
                name,
                "This build of ONNX Runtime lacks it. If its vendor offers a plug-in library, register that.")
            : new ModelException(
                ErrorIds.ProviderNotFound,
                $"There is no execution provider '{name}'. Those that can run here: "
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
                $"{library.Name} has no device {deviceId}; it has 0 to {library.Devices.Count - 1}.");
        }

        OrtEpDevice device = library.Devices[deviceId];
        return new ExecutionProvider(
            library.Name,
            $"The library '{library.Path}' brings it.",
            Key(library.Name, deviceId, options),
            session => session.AppendExecutionProvider(OnnxRuntimeHost.Environment, [device], options))
        {
            Library = library, DeviceId = deviceId, Options = options,
        };
    }

    /// <summary>Why a library without devices is of no use.</summary>
    internal static string NoDevices(ProviderLibrary library) =>
        $"The library '{library.Path}' was loaded but finds no device on this machine."
        + (library.Name.Equals(ProviderNames.Cuda, StringComparison.OrdinalIgnoreCase)
            && CudaDriver.FindProblem() is string problem
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

        // Only a named device makes CUDA look at the driver, which may be too old for it.
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
                "This build of ONNX Runtime has it.",
                Key(name, deviceId, options),
                session => Append(session, name, all))
            {
                DeviceId = deviceId, Options = options,
            };
        }

        problem = all.Count > 0 && Try(name, []) is null
            ? new ModelException(
                ErrorIds.ProviderOptionInvalid,
                $"{name} refuses {string.Join(", ", all.Select(option => $"{option.Key} = {option.Value}"))}: "
                + $"{refusal} Give options and a device that {name} knows.")
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

    // NVIDIA's two have entrances of their own.
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
