using System.CommandLine;
using System.Management.Automation.Runspaces;
using System.Text;

using OnnxDeep.Shell;

// The engine reports its use to Microsoft unless told not to; a door to local models reports to nobody.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Console.OutputEncoding = Encoding.UTF8;

ParseResult parsed = ShellCommandLine.Parse(args, request =>
{
    if (request.File is string file && !File.Exists(file))
    {
        return Fail($"The script '{file}' does not exist. Name a .ps1 file after -File.");
    }

    if (ModuleLocator.Find(AppContext.BaseDirectory) is not string manifest)
    {
        return Fail("The module OnnxDeep is not built. Run `dotnet build -c Release` in the repository first.");
    }

    try
    {
        using var session = new ShellSession(manifest);
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            session.Stop();
        };
        return request switch
        {
            { File: string path } => session.RunFile(path, request.Arguments, InputLines.OfStandardInput()),
            { Command: string text } => session.RunCommand(text, InputLines.OfStandardInput()),
            _ => new Prompt(session, Console.In, isTerminal: !Console.IsInputRedirected).Run(),
        };
    }
    catch (RunspaceOpenModuleLoadException e)
    {
        return Fail(e.Message);
    }
});
return parsed.Errors is [var mistake, ..] ? Fail(mistake.Message) : parsed.Invoke();

static int Fail(string message)
{
    Console.Error.WriteLine($"OnnxDeep.Shell: {message}");
    return ExitCodes.Failed;
}
