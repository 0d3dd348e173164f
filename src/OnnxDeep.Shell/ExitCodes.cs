namespace OnnxDeep.Shell;

/// <summary>What the shell tells its caller when the script itself does not say <c>exit</c>.</summary>
internal static class ExitCodes
{
    /// <summary>No error was written.</summary>
    public const int Fine = 0;

    /// <summary>An error was written, or ended the command.</summary>
    public const int Failed = 1;

    /// <summary>Ctrl+C ended the command: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
