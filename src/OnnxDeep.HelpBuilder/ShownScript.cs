using System.Collections;
using System.Management.Automation;
using System.Xml.Linq;

namespace OnnxDeep.HelpBuilder;

/// <summary>
/// Wraps what a view displays in a script that shows text as the messages of the module show it: without characters
/// that control a terminal, and cut if it is long. The patterns are those of the module's own class for shown text.
/// </summary>
internal sealed class ShownScript
{
    private readonly string _value;
    private readonly string _lines;

    /// <summary>Reads the patterns.</summary>
    /// <exception cref="SourceException">The module has no class for shown text.</exception>
    public ShownScript(CmdletAssembly assembly)
    {
        Type type = assembly.FindType("OnnxDeep.ShownText")
            ?? throw new SourceException("OnnxDeep.dll", "it has no class ShownText.");
        string Constant(string name) => (string)type.GetField(name)!.GetRawConstantValue()!;
        string replacement = $"'{Constant("Replacement")}'";
        string rest = $"'$1{Constant("Ellipsis")}$2'";
        _value = $"-creplace '{Constant("Long")}', {rest} -creplace '{Constant("HostileInLine")}', {replacement}";
        _lines = $"-creplace '{Constant("LongLine")}', {rest} -creplace '{Constant("Hostile")}', {replacement}";
    }

    /// <summary>What a column, item, line or group displays: the name of a property, or a script.</summary>
    /// <param name="property">The property; null for a script.</param>
    /// <param name="script">The script between the element's tags.</param>
    /// <param name="isLine">Whether the result of the script is one line; otherwise its line ends are kept.</param>
    /// <param name="type">The type of the object.</param>
    public XElement Show(string? property, string script, bool isLine, Type type)
    {
        Type? shown = property is null ? null : type.GetProperty(property)!.PropertyType;
        if (shown is not null && !IsText(shown))
        {
            return new XElement("PropertyName", property);
        }

        string guard = isLine ? _value : _lines;
        return new XElement(
            "ScriptBlock",
            property is null
                ? $"$shown = $({script}); if ($shown -is [string]) {{ $shown {guard} }} else {{ $shown }}"
                : shown == typeof(string) || shown!.IsAssignableTo(typeof(IEnumerable))
                    ? $"$_.{property} {guard}"
                : shown == typeof(PSObject)
                    ? $"if ($_.{property} -is [string[]]) {{ $_.{property} {guard} }} else {{ , $_.{property} }}"
                    : $"if ($_.{property} -is [string]) {{ $_.{property} {guard} }} else {{ $_.{property} }}");
    }

    private static bool IsText(Type type) => type == typeof(string)
        || type == typeof(object)
        || type == typeof(PSObject)
        || (type.IsAssignableTo(typeof(IEnumerable<string>)));
}
