using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace OnnxDeep.Shell;

/// <summary>Results to standard output; errors, warnings and progress to standard error, so that pipes stay clean.</summary>
internal sealed class ShellUserInterface : PSHostUserInterface
{
    private readonly ShellRawUserInterface _rawUserInterface = new();
    private readonly ProgressLine _progress = new();

    public override PSHostRawUserInterface RawUI => _rawUserInterface;

    // .NET does not switch a Windows console to escape sequences, so there they might show as text.
    public override bool SupportsVirtualTerminal { get; } =
        !Console.IsOutputRedirected
        && !OperatingSystem.IsWindows()
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Whether any error has been shown.</summary>
    public bool HasWrittenErrors { get; private set; }

    /// <summary>Whether lines are an error's text for now.</summary>
    public bool ShowsErrors { get; set; }

    /// <summary>Takes the progress from the terminal.</summary>
    public void ClearProgress() => _progress.Clear();

    public override void Write(string value)
    {
        _progress.Clear();
        Console.Out.Write(Decorate(value, SupportsVirtualTerminal));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value)
    {
        if (ShowsErrors)
        {
            WriteErrorLine(value);
            return;
        }

        _progress.Clear();
        Console.Out.WriteLine(Decorate(value, SupportsVirtualTerminal));
    }

    public override void WriteErrorLine(string value)
    {
        HasWrittenErrors = true;
        WriteMessage(value);
    }

    public override void WriteWarningLine(string message) =>
        WriteMessage($"{PSStyle.Instance.Formatting.Warning}WARNING: {message}{PSStyle.Instance.Reset}");

    public override void WriteVerboseLine(string message) =>
        WriteMessage($"{PSStyle.Instance.Formatting.Verbose}VERBOSE: {message}{PSStyle.Instance.Reset}");

    public override void WriteDebugLine(string message) =>
        WriteMessage($"{PSStyle.Instance.Formatting.Debug}DEBUG: {message}{PSStyle.Instance.Reset}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    public override string ReadLine() => Console.In.ReadLine() ?? string.Empty;

    public override SecureString ReadLineAsSecureString() => throw CannotAsk();

    // The engine turns this into its error that names the missing parameters.
    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw CannotAsk();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw CannotAsk();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw CannotAsk();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (Console.IsInputRedirected)
        {
            throw CannotAsk();
        }

        return new ChoiceQuestion(choices, defaultChoice).Ask(caption, message);
    }

    private void WriteMessage(string value)
    {
        _progress.Clear();
        Console.Error.WriteLine(Decorate(value, SupportsVirtualTerminal && !Console.IsErrorRedirected));
    }

    // The engine leaves it to the host to take the colors out of what it formats.
    private static string Decorate(string value, bool hasColors) => hasColors || !value.Contains('\e', StringComparison.Ordinal)
        ? value
        : new StringDecorated(value).ToString(OutputRendering.PlainText);

    private static HostException CannotAsk() => new("This shell does not ask for values. Give them as parameters.");
}
