using Microsoft.ML.OnnxRuntime;

using OnnxDeep.IO;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// The plug-in libraries of this process: those that are registered and those that are listed in the user's settings.
/// </summary>
internal static class ProviderLibraries
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, ProviderLibrary> s_libraries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the distinct names of all libraries, sorted.</summary>
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

    /// <summary>
    /// Returns the library with this name; a library from the settings is loaded when it is first requested.
    /// </summary>
    /// <exception cref="ModelException">A library from the settings cannot be loaded.</exception>
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
                $"{e.Message} The library is listed in the user's settings; remove it from them if it is not needed.",
                e)
            {
                Context = ErrorContext.Settings,
            };
        }
    }

    /// <summary>Loads a library, or returns it if it is already loaded.</summary>
    /// <exception cref="ModelException">The library cannot be loaded, or the name is already used.</exception>
    public static ProviderLibrary Register(string name, string path)
    {
        if (string.IsNullOrWhiteSpace(name) || ProviderNames.Shorten(name) is ProviderNames.Cpu or ProviderNames.Auto)
        {
            throw new ModelException(
                ErrorIds.ProviderNameReserved,
                $"The name '{name}' is reserved and cannot be used for a library. Use another name, such as CUDA.");
        }

        path = Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            throw PathProblem.Find(path) ?? new ModelException(
                ErrorIds.ProviderLibraryNotFound,
                $"The library '{path}' does not exist. {CudaSupport.PluginAdvice}");
        }

        lock (s_lock)
        {
            if (!s_libraries.TryGetValue(name, out ProviderLibrary? library))
            {
                library = LoadTrusted(name, path);
                s_libraries.Add(name, library);
            }

            return library.Path == path ? library : throw new ModelException(
                ErrorIds.ProviderExists,
                $"The name '{library.Name}' is already used by the library '{library.Path}'. "
                + "Unregister that library first, or use another name.");
        }
    }

    /// <summary>Unloads a library.</summary>
    /// <returns>Whether it was loaded.</returns>
    /// <exception cref="ModelException">Sessions still use the library.</exception>
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
                    $"The library '{library.Name}' cannot be unregistered because sessions still use it: "
                    + $"{library.Users}. Wait until they are closed, and then try again.");
            }

            OnnxRuntimeHost.Environment.UnregisterExecutionProviderLibrary(library.Name);
            return s_libraries.Remove(name);
        }
    }

    /// <summary>Counts a new session, which keeps its library loaded.</summary>
    /// <exception cref="ModelException">The library has already been unregistered.</exception>
    public static void Enter(ProviderLibrary library)
    {
        lock (s_lock)
        {
            if (!s_libraries.ContainsValue(library))
            {
                throw new ModelException(
                    ErrorIds.ProviderUnavailable,
                    $"The library '{library.Name}' has been unregistered. "
                    + $"Register '{library.Path}' again.");
            }

            library.Users++;
        }
    }

    /// <summary>Counts a session that was closed.</summary>
    public static void Leave(ProviderLibrary library)
    {
        lock (s_lock)
        {
            library.Users--;
        }
    }

    private static ProviderLibrary LoadTrusted(string name, string path)
    {
        try
        {
            // The path without links: a link may be in a folder that others can change.
            using FileStream file = FileTrust.Open(path);
            CheckTrust(file, path);
            return Load(name, path, file.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                ErrorIds.ProviderLibraryNotLoadable, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Checks a library, and those that it loads from its own folder.</summary>
    private static void CheckTrust(FileStream library, string path)
    {
        string folder = Path.GetDirectoryName(library.Name)!;
        var files = new List<string> { library.Name };
        for (int i = 0; i < files.Count; i++)
        {
            using FileStream? other = i == 0 ? null : FileTrust.Open(files[i]);
            FileStream file = other ?? library;
            if (FileTrust.FindProblem(file) is string problem)
            {
                string needed = i == 0 ? string.Empty : $" needs '{files[i]}' and";
                throw new ModelException(
                    ErrorIds.ProviderLibraryUnsafe,
                    $"The library '{path}'{needed} is not loaded, because another user can change what its code does. "
                    + problem);
            }

            files.AddRange(NativeImports.Read(file.Name).Select(name => Path.Combine(folder, name))
                .Where(needed => File.Exists(needed) && !files.Contains(needed)));
        }
    }

    private static ProviderLibrary Load(string name, string path, string target)
    {
        OrtEnv environment = OnnxRuntimeHost.Environment;
        int before = environment.GetEpDevices().Count;
        try
        {
            environment.RegisterExecutionProviderLibrary(name, target);
        }
        catch (OnnxRuntimeException e)
        {
            throw NotLoaded(path, OnnxRuntimeHost.Explain(e), e);
        }

        // ONNX Runtime does not report which library a device belongs to, but appends new devices at the end.
        return new ProviderLibrary(name, path, [.. environment.GetEpDevices().Skip(before)]);
    }

    private static ModelException NotLoaded(string path, string reason, OnnxRuntimeException cause)
    {
        if (!reason.Contains("Failed to load library", StringComparison.Ordinal))
        {
            return new ModelException(
                ErrorIds.ProviderLibraryInvalid,
                $"'{path}' is not a plug-in for ONNX Runtime {OnnxRuntimeHost.Environment.GetVersionString()}: "
                + $"{reason} "
                + CudaSupport.PluginAdvice,
                cause);
        }

        IReadOnlyList<string> missing = NativeImports.FindMissing(path);
        string lacks = missing.Count > 0
            ? $" It needs {string.Join(", ", missing)}, which cannot be loaded. "
                + CudaSupport.LibraryAdvice(missing, NativeImports.Read(path))
            : string.Empty;
        return new ModelException(
            ErrorIds.ProviderLibraryNotLoadable,
            $"The system cannot load '{path}': {reason}{lacks} It must be a library for {OnnxRuntimeHost.Rid}.",
            cause);
    }
}

/// <summary>A plug-in library that ONNX Runtime has loaded, and its devices.</summary>
internal sealed class ProviderLibrary(string name, string path, IReadOnlyList<OrtEpDevice> devices)
{
    /// <summary>The name that the user chose.</summary>
    public string Name { get; } = name;

    /// <summary>The full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>The devices in ONNX Runtime's order; a device's index is its id.</summary>
    public IReadOnlyList<OrtEpDevice> Devices { get; } = devices;

    /// <summary>The number of open sessions on its devices; access is guarded by the registry's lock.</summary>
    public int Users { get; set; }
}
