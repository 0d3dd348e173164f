using System.Globalization;
using System.Management.Automation.Host;

namespace OnnxDeep.Shell;

/// <summary>What the engine talks to: the console, and the wish to leave.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface _userInterface = new();

    public override string Name => "OnnxDeep.Shell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => _userInterface;

    /// <summary>What <c>exit</c> asked for, or <see langword="null"/>.</summary>
    public int? RequestedExit { get; private set; }

    /// <summary>Whether any error has been shown.</summary>
    public bool HasWrittenErrors => _userInterface.HasWrittenErrors;

    /// <summary>Runs an action whose output is an error's text.</summary>
    public void ShowAsErrors(Action show)
    {
        _userInterface.ShowsErrors = true;
        try
        {
            show();
        }
        finally
        {
            _userInterface.ShowsErrors = false;
        }
    }

    /// <summary>Takes a command's last progress from the terminal.</summary>
    public void EndCommand() => _userInterface.ClearProgress();

    public override void SetShouldExit(int exitCode) => RequestedExit = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
