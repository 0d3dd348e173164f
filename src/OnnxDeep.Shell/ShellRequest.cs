namespace OnnxDeep.Shell;

/// <summary>What the command line asks for: a command, a script file, or, with neither, the prompt.</summary>
/// <param name="Command">The command's text.</param>
/// <param name="File">The script's path.</param>
/// <param name="Arguments">The script's arguments.</param>
internal sealed record ShellRequest(string? Command, string? File, IReadOnlyList<string> Arguments);
