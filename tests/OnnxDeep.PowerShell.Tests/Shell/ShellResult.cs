namespace OnnxDeep.PowerShell.Tests.Shell;

/// <summary>What a shell left behind: exit code and texts, with line ends of <c>\n</c>.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
