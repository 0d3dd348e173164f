using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace OnnxDeep.HelpBuilder;

/// <summary>The cmdlets of an assembly, read in a load context of their own with the engine of this program.</summary>
internal sealed class CmdletAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("cmdlets", isCollectible: true);

    /// <summary>Loads the assembly and all that lies beside it.</summary>
    public CmdletAssembly(string path)
    {
        path = Path.GetFullPath(path);
        string directory = Path.GetDirectoryName(path)!;
        _context.Resolving += (context, name) =>
        {
            string file = Path.Combine(directory, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
        Cmdlets =
        [
            .. _context.LoadFromAssemblyPath(path).GetExportedTypes()
                .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)
                .Select(type => new CmdletDescription(type))
                .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<CmdletDescription> Cmdlets { get; }

    /// <summary>Lets the assembly go.</summary>
    public void Dispose() => _context.Unload();
}
