using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace OnnxDeep.HelpBuilder;

/// <summary>The module's cmdlets and types, in a load context of their own with the engine of this program.</summary>
internal sealed class CmdletAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("cmdlets", isCollectible: true);
    private readonly string _path;
    private readonly string _directory;

    /// <summary>Names the assembly; it and what lies beside it are loaded when asked for.</summary>
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

    /// <summary>Finds a type of the module's own assemblies; null where none has it.</summary>
    public Type? FindType(string? name) => string.IsNullOrEmpty(name)
        ? null
        : Directory.EnumerateFiles(_directory, "OnnxDeep*.dll")
            .Select(file => _context.LoadFromAssemblyPath(file).GetType(name))
            .FirstOrDefault(type => type is not null);

    /// <summary>Lets the assembly go.</summary>
    public void Dispose() => _context.Unload();
}

/// <summary>A cmdlet as PowerShell sees it.</summary>
internal sealed class CmdletDescription
{
    /// <summary>Reads a cmdlet's class.</summary>
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

    /// <summary>Verb-Noun.</summary>
    public string Name { get; }

    /// <summary>By name, without the common parameters.</summary>
    public IReadOnlyDictionary<string, ParameterDescription> Parameters { get; }

    /// <summary>The parameter set that is taken where several fit.</summary>
    public string? DefaultSet { get; }

    /// <summary>Whether it takes -WhatIf and -Confirm.</summary>
    public bool SupportsShouldProcess { get; }

    /// <summary>The full names of the types that it says it writes.</summary>
    public IReadOnlyList<string> Outputs { get; }
}

/// <summary>A cmdlet's parameter and the value that it has where none is given.</summary>
internal sealed class ParameterDescription(ParameterMetadata metadata, object? defaultValue)
{
    /// <summary>The name without the hyphen.</summary>
    public string Name => metadata.Name;

    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; } = [.. metadata.Aliases];

    /// <summary>Whether it takes no value.</summary>
    public bool IsSwitch => metadata.SwitchParameter;

    /// <summary>The type as Get-Help shows it: String[], Double.</summary>
    public string TypeName { get; } =
        (Nullable.GetUnderlyingType(metadata.ParameterType) ?? metadata.ParameterType).Name;

    /// <summary>The same with its namespace.</summary>
    public string FullTypeName { get; } =
        (Nullable.GetUnderlyingType(metadata.ParameterType) ?? metadata.ParameterType).FullName!;

    /// <summary>Whether it takes more than one value.</summary>
    public bool IsArray => metadata.ParameterType.IsArray;

    /// <summary>Whether its values may be patterns.</summary>
    public bool HasWildcards { get; } = metadata.Attributes.OfType<SupportsWildcardsAttribute>().Any();

    /// <summary>The parameter sets that it belongs to.</summary>
    public IEnumerable<string> SetNames => metadata.ParameterSets.Keys;

    /// <summary>What the property holds at first; "None" where that is nothing.</summary>
    public string DefaultValue { get; } = Show(defaultValue);

    /// <summary>How it behaves in a set; null where the set lacks it.</summary>
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
