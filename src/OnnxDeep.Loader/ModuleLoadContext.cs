using System.Reflection;
using System.Runtime.Loader;

namespace OnnxDeep.Loader;

/// <summary>
/// A private load context for the module's cmdlets and all of their dependencies, so that another module's version of
/// the same library does not affect this module, or the reverse. Only this assembly is in the default context.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private const string CmdletAssembly = "OnnxDeep.PowerShell";

    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, Assembly> s_loaded = new(StringComparer.Ordinal);

    private readonly string _directory;
    private readonly AssemblyDependencyResolver _resolver;

    private ModuleLoadContext(string directory, string assemblyPath)
        : base("OnnxDeep")
    {
        _directory = directory;
        _resolver = new AssemblyDependencyResolver(assemblyPath);
    }

    /// <summary>Returns whether this process has already imported the folder's cmdlets.</summary>
    public static bool IsLoaded(string directory)
    {
        lock (s_lock)
        {
            return s_loaded.ContainsKey(Path.GetFullPath(directory));
        }
    }

    /// <summary>
    /// Returns the assembly of the cmdlets from a folder; importing the same folder again returns the same assembly.
    /// </summary>
    /// <param name="directory">The folder of OnnxDeep.PowerShell.dll and its dependencies.</param>
    /// <returns>Null if this copy of the module is for other platforms.</returns>
    /// <exception cref="FileNotFoundException">
    /// The folder does not contain the assembly: the module is incomplete.
    /// </exception>
    public static Assembly? LoadCmdlets(string directory)
    {
        directory = Path.GetFullPath(directory);
        lock (s_lock)
        {
            if (!s_loaded.TryGetValue(directory, out Assembly? assembly)
                && ModulePlatform.FindMismatch(directory) is null)
            {
                string path = Path.Combine(directory, CmdletAssembly + ".dll");
                assembly = new ModuleLoadContext(directory, path).LoadFromAssemblyPath(path);
                s_loaded.Add(directory, assembly);
            }

            return assembly;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);

        // Assemblies that the module does not include, such as System.Management.Automation, come from the host.
        string path = Path.Combine(_directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        string? path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(path);
    }
}
