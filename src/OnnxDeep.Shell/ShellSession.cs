using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

using Microsoft.PowerShell;

namespace OnnxDeep.Shell;

/// <summary>The engine with the module imported; runs one command at a time and shows what comes out.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly ShellHost _host = new();
    private readonly Runspace _runspace;
    private PowerShell? _running;

    /// <summary>Opens the engine and imports the module.</summary>
    /// <exception cref="RunspaceOpenModuleLoadException">The module cannot be imported.</exception>
    public ShellSession(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(manifest);
        if (OperatingSystem.IsWindows())
        {
            // The bare engine has no configuration file and would fall back to Restricted, which loads no module.
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
    }

    /// <summary>What <c>exit</c> asked for, or <see langword="null"/>.</summary>
    public int? RequestedExit => _host.RequestedExit;

    /// <summary>1 where any command so far wrote an error, else 0.</summary>
    public int ExitCode => _host.HasWrittenErrors ? ExitCodes.Failed : ExitCodes.Fine;

    /// <summary>Runs a command and gives the exit code.</summary>
    /// <param name="text">Any script text.</param>
    /// <param name="input">What the text sees as <c>$input</c>.</param>
    public int RunCommand(string text, PSDataCollection<string>? input)
    {
        // Parsed here first: the engine's own error for unfinished text does not tell the place.
        Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            return Report(new ParseException(errors).ErrorRecord);
        }

        using var shell = PowerShell.Create(_runspace);
        return Run(shell.AddScript(text, useLocalScope: false), input);
    }

    /// <summary>Runs a script file and gives the exit code.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments, PSDataCollection<string>? input)
    {
        ScriptBlockAst script = Parser.ParseFile(Path.GetFullPath(path), out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            return Report(new ParseException(errors).ErrorRecord);
        }

        // As a function the script keeps its $PSScriptRoot, yet its `exit` reaches the host; a script file's would not.
        const string Name = "Invoke-ScriptFile";
        _runspace.SessionStateProxy.InvokeProvider.Item.Set($"function:{Name}", script.GetScriptBlock());
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand(Name);
        foreach (string argument in arguments)
        {
            ScriptArgument.Add(shell, argument);
        }

        return Run(shell, input);
    }

    /// <summary>Stops the running command, if any, without waiting for it.</summary>
    public void Stop()
    {
        try
        {
            _running?.BeginStop(null, null);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the meantime.
        }
    }

    public void Dispose() => _runspace.Dispose();

    private int Run(PowerShell shell, PSDataCollection<string>? input)
    {
        // Errors travel with the output, so that both are shown in the order they came in.
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        _running = shell;
        try
        {
            shell.EndInvoke(shell.BeginInvoke(input));
        }
        catch (PipelineStoppedException)
        {
            return ExitCodes.Interrupted;
        }
        catch (RuntimeException e)
        {
            return Report(e.ErrorRecord);
        }
        finally
        {
            _running = null;
            _host.EndCommand();
        }

        return RequestedExit ?? ExitCode;
    }

    // The engine shows what ended a command as it shows any object; that this one is an error only the host can tell.
    private int Report(ErrorRecord error)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default").AddParameter("InputObject", error);
        _host.ShowAsErrors(() => shell.Invoke());
        return ExitCodes.Failed;
    }
}
