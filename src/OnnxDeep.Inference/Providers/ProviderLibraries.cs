using Microsoft.ML.OnnxRuntime;

using OnnxDeep.IO;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// The plug-in libraries of this process: those registered, and those that the user's settings remember.
/// </summary>
internal static class ProviderLibraries
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, ProviderLibrary> s_libraries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of all, sorted, each once.</summary>
    /// <exception cref="OnnxDeepException">The settings cannot be read.</exception>
    public static IReadOnlyList<string> GetNames()
    {
        IEnumerable<string> remembered = UserSettings.Load().ProviderLibraries.Keys;
        lock (s_lock)
        {
            return [.. s_libraries.Keys.Concat(remembered)
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>The library of a name; one that the settings remember is loaded when it is first asked for.</summary>
    /// <exception cref="ModelException">A remembered library does not load.</exception>
    /// <exception cref="OnnxDeepException">The settings cannot be read.</exception>
    public static ProviderLibrary? Find(string name)
    {
        lock (s_lock)
        {
            if (s_libraries.TryGetValue(name, out ProviderLibrary? library))
            {
                return library;
            }
        }

        if (!UserSettings.Load().ProviderLibraries.TryGetValue(name, out string? path))
        {
            return null;
        }

        try
        {
            return Register(name, path);
        }
        catch (ModelException e)
        {
            throw new ModelException(
                e.ErrorId,
                $"{e.Message} The user's settings name this library; remove it there.",
                e)
            {
                Context = ErrorContext.Settings,
            };
        }
    }

    /// <summary>Loads a library, or finds it loaded.</summary>
    /// <exception cref="ModelException">It cannot be loaded, or the name is taken.</exception>
    public static ProviderLibrary Register(string name, string path)
    {
        if (string.IsNullOrWhiteSpace(name) || ProviderNames.Shorten(name) is ProviderNames.Cpu or ProviderNames.Auto)
        {
            throw new ModelException(
                ErrorIds.ProviderNameReserved,
                $"'{name}' has a meaning of its own and cannot name a library. Give another name, such as CUDA.");
        }

        path = Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            throw new ModelException(
                ErrorIds.ProviderLibraryNotFound,
                $"There is no library '{path}'. {ProviderAdvice.Plugin}");
        }

        lock (s_lock)
        {
            if (!s_libraries.TryGetValue(name, out ProviderLibrary? library))
            {
                library = Load(name, path);
                s_libraries.Add(name, library);
            }

            return library.Path == path ? library : throw new ModelException(
                ErrorIds.ProviderExists,
                $"The name '{library.Name}' is taken by the library '{library.Path}'. "
                + "Unregister it first, or give another name.");
        }
    }

    /// <summary>Unloads a library.</summary>
    /// <returns>Whether it was loaded.</returns>
    /// <exception cref="ModelException">Models run on it.</exception>
    public static bool Unregister(string name)
    {
        lock (s_lock)
        {
            if (!s_libraries.TryGetValue(name, out ProviderLibrary? library))
            {
                return false;
            }

            if (library.Users > 0)
            {
                throw new ModelException(
                    ErrorIds.ProviderInUse,
                    $"Commands still run models on '{library.Name}': {library.Users}. "
                    + "Wait until they have ended, then try again.");
            }

            OnnxRuntimeHost.Environment.UnregisterExecutionProviderLibrary(library.Name);
            return s_libraries.Remove(name);
        }
    }

    /// <summary>Counts a session in, so that its library stays.</summary>
    /// <exception cref="ModelException">The library is gone already.</exception>
    public static void Enter(ProviderLibrary library)
    {
        lock (s_lock)
        {
            if (!s_libraries.ContainsValue(library))
            {
                throw new ModelException(
                    ErrorIds.ProviderUnavailable,
                    $"The library of '{library.Name}' was unregistered meanwhile. "
                    + $"Register '{library.Path}' again.");
            }

            library.Users++;
        }
    }

    /// <summary>Counts a session out.</summary>
    public static void Leave(ProviderLibrary library)
    {
        lock (s_lock)
        {
            library.Users--;
        }
    }

    private static ProviderLibrary Load(string name, string path)
    {
        OrtEnv environment = OnnxRuntimeHost.Environment;
        int before = environment.GetEpDevices().Count;
        try
        {
            environment.RegisterExecutionProviderLibrary(name, path);
        }
        catch (OnnxRuntimeException e)
        {
            throw NotLoaded(path, OnnxRuntimeHost.Explain(e), e);
        }

        // ONNX Runtime does not say which library a device came with, but new ones come last.
        return new ProviderLibrary(name, path, [.. environment.GetEpDevices().Skip(before)]);
    }

    private static ModelException NotLoaded(string path, string reason, OnnxRuntimeException cause)
    {
        if (!reason.Contains("Failed to load library", StringComparison.Ordinal))
        {
            return new ModelException(
                ErrorIds.ProviderLibraryInvalid,
                $"'{path}' is no plug-in for ONNX Runtime {OnnxRuntimeHost.Environment.GetVersionString()}: {reason} "
                + ProviderAdvice.Plugin,
                cause);
        }

        IReadOnlyList<string> missing = NativeImports.FindMissing(path);
        string lacks = missing.Count > 0
            ? $" It needs {string.Join(", ", missing)}. "
                + ProviderAdvice.ForLibraries(missing, NativeImports.Read(path))
            : string.Empty;
        return new ModelException(
            ErrorIds.ProviderLibraryNotLoadable,
            $"The system cannot load '{path}': {reason}{lacks} It must be a library for {OnnxRuntimeHost.Rid}.",
            cause);
    }
}

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
