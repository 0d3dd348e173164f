using System.Management.Automation;

namespace OnnxDeep.Shell;

/// <summary>Hands words of the command line to a script as PowerShell's own -File does.</summary>
internal static class ScriptArgument
{
    /// <summary><c>-Name</c> and <c>-Name:value</c> become parameters, all else arguments by position.</summary>
    public static void Add(PowerShell shell, string text)
    {
        if (text is not ['-', char first, ..] || !(char.IsLetter(first) || first == '_'))
        {
            shell.AddArgument(text);
            return;
        }

        // The dash stays: with it the engine takes a following value for the parameter's and $args shows it unchanged.
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            shell.Commands.Commands[^1].Parameters.Add(text, null);
        }
        else
        {
            shell.AddParameter(text[..colon], Value(text[(colon + 1)..]));
        }
    }

    // -Switch:$false from a system shell comes as text.
    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
