using System.Management.Automation;
using System.Reflection;

namespace OnnxDeep.HelpBuilder;

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
            .. type.GetCustomAttributes<OutputTypeAttribute>()
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
