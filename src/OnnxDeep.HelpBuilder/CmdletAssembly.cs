using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace OnnxDeep.HelpBuilder;

/// <summary>
/// The module's cmdlets and types, in a separate load context that uses this program's PowerShell engine.
/// </summary>
internal sealed class CmdletAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("cmdlets", isCollectible: true);
    private readonly string _path;
    private readonly string _directory;

    /// <summary>Creates a context for the assembly, which is loaded on demand with its dependencies.</summary>
    public CmdletAssembly(string path)
    {
        _path = Path.GetFullPath(path);
        _directory = Path.GetDirectoryName(_path)!;
        _context.Resolving += (context, name) =>
        {
            string file = Path.Combine(_directory, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
    }

    /// <summary>Reads the cmdlets, sorted by name.</summary>
    public IReadOnlyList<CmdletDescription> ReadCmdlets() =>
    [
        .. _context.LoadFromAssemblyPath(_path).GetExportedTypes()
            .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)
            .Select(type => new CmdletDescription(type))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    /// <summary>Finds a type in the module's own assemblies; null if there is none.</summary>
    public Type? FindType(string? name) => string.IsNullOrEmpty(name)
        ? null
        : Directory.EnumerateFiles(_directory, "OnnxDeep*.dll")
            .Select(file => _context.LoadFromAssemblyPath(file).GetType(name))
            .FirstOrDefault(type => type is not null);

    /// <summary>Unloads the assembly.</summary>
    public void Dispose() => _context.Unload();
}

/// <summary>A cmdlet as PowerShell sees it.</summary>
internal sealed class CmdletDescription
{
    /// <summary>Reads the class of a cmdlet.</summary>
    public CmdletDescription(Type type)
    {
        var metadata = new CommandMetadata(type);
        object instance = Activator.CreateInstance(type)!;
        using var disposable = instance as IDisposable;
        Name = metadata.Name;
        Parameters = metadata.Parameters.Values.ToDictionary(
            parameter => parameter.Name,
            parameter => new ParameterDescription(parameter, type.GetProperty(parameter.Name)!.GetValue(instance)),
            StringComparer.Ordinal);
        DefaultSet = metadata.DefaultParameterSetName;
        SupportsShouldProcess = metadata.SupportsShouldProcess;
        Outputs =
        [
            .. type.GetCustomAttributes<OutputTypeAttribute>(inherit: false)
                .SelectMany(attribute => attribute.Type)
                .Select(output => output.Name)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The name, such as Verb-Noun.</summary>
    public string Name { get; }

    /// <summary>The parameters by name, without the common parameters.</summary>
    public IReadOnlyDictionary<string, ParameterDescription> Parameters { get; }

    /// <summary>The parameter set to use if several match.</summary>
    public string? DefaultSet { get; }

    /// <summary>Whether the cmdlet supports -WhatIf and -Confirm.</summary>
    public bool SupportsShouldProcess { get; }

    /// <summary>The full names of the types that the cmdlet declares as its output.</summary>
    public IReadOnlyList<string> Outputs { get; }
}

/// <summary>A parameter of a cmdlet with its default value.</summary>
internal sealed class ParameterDescription(ParameterMetadata metadata, object? defaultValue)
{
    /// <summary>The name without the hyphen.</summary>
    public string Name => metadata.Name;

    /// <summary>The aliases of the parameter.</summary>
    public IReadOnlyList<string> Aliases { get; } = [.. metadata.Aliases];

    /// <summary>Whether the parameter takes no value.</summary>
    public bool IsSwitch => metadata.SwitchParameter;

    /// <summary>The type as Get-Help shows it: String[], Double.</summary>
    public string TypeName { get; } =
        (Nullable.GetUnderlyingType(metadata.ParameterType) ?? metadata.ParameterType).Name;

    /// <summary>The type name with its namespace.</summary>
    public string FullTypeName { get; } =
        (Nullable.GetUnderlyingType(metadata.ParameterType) ?? metadata.ParameterType).FullName!;

    /// <summary>Whether the parameter takes several values.</summary>
    public bool IsArray => metadata.ParameterType.IsArray;

    /// <summary>Whether the parameter accepts wildcards.</summary>
    public bool HasWildcards { get; } = metadata.Attributes.OfType<SupportsWildcardsAttribute>().Any();

    /// <summary>The parameter sets that it belongs to.</summary>
    public IEnumerable<string> SetNames => metadata.ParameterSets.Keys;

    /// <summary>The default value, which is the initial value of the property; "None" if there is none.</summary>
    public string DefaultValue { get; } = Show(defaultValue);

    /// <summary>Returns the settings of the parameter in a set; null if the set does not contain it.</summary>
    public ParameterSetMetadata? InSet(string set) =>
        metadata.ParameterSets.GetValueOrDefault(set)
        ?? metadata.ParameterSets.GetValueOrDefault(ParameterAttribute.AllParameterSets);

    private static string Show(object? value)
    {
        string text = value switch
        {
            SwitchParameter isOn => isOn.ToString(),
            string single => single,
            IEnumerable many => string.Join(", ", many.Cast<object?>()),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        };
        return text.Length == 0 ? "None" : text;
    }
}
