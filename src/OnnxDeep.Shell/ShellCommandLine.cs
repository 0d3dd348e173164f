using System.CommandLine;

namespace OnnxDeep.Shell;

/// <summary>The options, spelt as PowerShell spells its own.</summary>
internal static class ShellCommandLine
{
    private static readonly Option<string?> s_command = new("-Command", "-c")
    {
        Description = "Run this text, and all that follows it, as a command. Lines on standard input reach it as $input.",
        HelpName = "text",
    };

    private static readonly Option<string?> s_file = new("-File", "-f")
    {
        Description = "Run this script; all that follows it are its arguments. Lines on standard input reach it as $input.",
        HelpName = "script.ps1",
    };

    private static readonly Option<bool> s_noProfile = new("-NoProfile")
    {
        Description = "Accepted as PowerShell accepts it; the shell reads no profile anyway.",
    };

    /// <summary>Reads the arguments.</summary>
    /// <param name="args">PowerShell's options have no case; all after the command or the script is theirs.</param>
    /// <param name="run">Runs the request and gives the exit code.</param>
    public static ParseResult Parse(string[] args, Func<ShellRequest, int> run)
    {
        int last = Array.FindIndex(args, arg => Find(arg) is Option option && option != s_noProfile);
        int own = last < 0 ? args.Length : Math.Min(last + 2, args.Length);
        string[] rest = args[own..];
        var root = new RootCommand(
            "The OnnxDeep cmdlets on the embedded PowerShell engine. Without -Command or -File it opens a prompt; `exit` "
            + "leaves. Results go to standard output; errors, warnings and progress to standard error. The exit code is 1 "
            + "where an error was written.")
        {
            s_command, s_file, s_noProfile,
        };
        root.SetAction(result => run(new ShellRequest(
            result.GetValue(s_command) is string command ? string.Join(' ', [command, .. rest]) : null,
            result.GetValue(s_file),
            rest)));
        return root.Parse(
            [.. args.Take(own).Select(arg => Find(arg)?.Name ?? arg)],
            new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
    }

    private static Option? Find(string arg) => Array.Find<Option>(
        [s_command, s_file, s_noProfile],
        option => option.Aliases.Append(option.Name).Contains(arg, StringComparer.OrdinalIgnoreCase));
}
