using System.Management.Automation.Language;
using System.Text;

namespace OnnxDeep.Shell;

/// <summary>Reads commands and runs them, one after another, until <c>exit</c> or the end of the input.</summary>
/// <param name="session">Runs the commands.</param>
/// <param name="input">Where the commands come from.</param>
/// <param name="isTerminal">Whether somebody types them and wants a prompt.</param>
internal sealed class Prompt(ShellSession session, TextReader input, bool isTerminal)
{
    /// <summary>Gives the exit code: what <c>exit</c> said; else 1 only where piped commands wrote an error.</summary>
    public int Run()
    {
        while (session.RequestedExit is null && ReadCommand() is string command)
        {
            session.RunCommand(command, null);
        }

        return session.RequestedExit ?? (isTerminal ? ExitCodes.Fine : session.ExitCode);
    }

    // Lines until the parser has nothing left open: a brace, a quote, a pipe at the line's end.
    private string? ReadCommand()
    {
        if (ReadLine("OnnxDeep> ") is not string first)
        {
            return null;
        }

        var text = new StringBuilder(first);
        while (IsIncomplete(text.ToString()) && ReadLine(">> ") is string line)
        {
            text.Append('\n').Append(line);
        }

        return text.ToString();
    }

    private string? ReadLine(string prompt)
    {
        if (!isTerminal)
        {
            return input.ReadLine();
        }

        Console.Write(prompt);
        string? line = input.ReadLine();
        if (line is null)
        {
            // Ctrl+D leaves the cursor behind the prompt.
            Console.WriteLine();
        }

        return line;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return Array.Exists(errors, error => error.IncompleteInput);
    }
}
