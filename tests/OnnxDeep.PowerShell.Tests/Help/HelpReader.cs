using System.Collections;
using System.Management.Automation;

namespace OnnxDeep.Tests.Help;

/// <summary>Gets the help of the staged module as a user would.</summary>
internal sealed class HelpReader(ModuleRunspace module)
{
    public IReadOnlyList<CmdletInfo> Cmdlets { get; } =
    [
        .. module.Invoke("Get-Command -Module OnnxDeep -CommandType Cmdlet").ThrowOnError().Output
            .Select(item => (CmdletInfo)item.BaseObject),
    ];

    public PSObject GetHelp(string name) =>
        Assert.Single(module.Invoke("Get-Help $args[0] -Full", name).ThrowOnError().Output);

    /// <summary>Gets the value at a path of properties, always as a list.</summary>
    public static IReadOnlyList<PSObject> Items(PSObject help, params string[] path)
    {
        object? value = help;
        foreach (string name in path)
        {
            value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        }

        object? inner = (value as PSObject)?.BaseObject ?? value;
        return inner switch
        {
            null => [],
            string text => [PSObject.AsPSObject(text)],
            IEnumerable many => [.. many.Cast<object>().Select(PSObject.AsPSObject)],
            _ => [PSObject.AsPSObject(value!)],
        };
    }

    public static string Text(PSObject help, params string[] path) =>
        string.Join('\n', Items(help, path).Select(item => item.Properties["Text"]?.Value ?? item.BaseObject)).Trim();
}
