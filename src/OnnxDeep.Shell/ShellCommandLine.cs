using System.CommandLine;
using System.CommandLine.Parsing;

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

    private static readonly Argument<string[]> s_rest = new("arguments") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };

    /// <summary>The command line, with what to do once it is read.</summary>
    /// <param name="run">Runs the request and gives the exit code.</param>
    public static RootCommand Create(Func<ShellRequest, int> run)
    {
        var root = new RootCommand(
            "The OnnxDeep cmdlets on the embedded PowerShell engine. Without -Command or -File it opens a prompt; `exit` "
            + "leaves. Results go to standard output; errors, warnings and progress to standard error. The exit code is 1 "
            + "where an error was written.")
        {
            s_command, s_file, s_noProfile, s_rest,
        };
        root.Validators.Add(result =>
        {
            if (result.GetResult(s_command) is null && result.GetResult(s_file) is null
                && result.GetResult(s_rest)?.Tokens is [Token first, ..])
            {
                result.AddError($"'{first.Value}' is not an option of the shell. Use -Command, -File or --help.");
            }
        });
        root.SetAction(result =>
        {
            string? command = result.GetValue(s_command);
            string[] rest = result.GetValue(s_rest) ?? [];
            return run(new ShellRequest(
                command is null ? null : string.Join(' ', [command, .. rest]), result.GetValue(s_file), rest));
        });
        return root;
    }

    /// <summary>Reads the arguments.</summary>
    public static ParseResult Parse(RootCommand root, IReadOnlyList<string> args) => root.Parse(
        [.. Canonical(args)], new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    // PowerShell's options have no case, and all after the command or the script is theirs, also what looks like ours.
    private static IEnumerable<string> Canonical(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count; i++)
        {
            Option? option = Array.Find<Option>(
                [s_command, s_file, s_noProfile],
                o => o.Aliases.Append(o.Name).Contains(args[i], StringComparer.OrdinalIgnoreCase));
            yield return option?.Name ?? args[i];
            if ((option == s_command || option == s_file) && i + 1 < args.Count)
            {
                yield return args[i + 1];
                yield return "--";
                foreach (string rest in args.Skip(i + 2))
                {
                    yield return rest;
                }

                yield break;
            }
        }
    }
}
