using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OnnxDeep.HelpBuilder;

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
