using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Completes a parameter from a list of names, then from files.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string prefix = (wordToComplete ?? string.Empty).Trim('\'', '"');
        IEnumerable<CompletionResult> names = GetNames(fakeBoundParameters)
            .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name));
        return TakesFiles ? names.Concat(CompletionCompleters.CompleteFilename(prefix)) : names;
    }

    /// <summary>Whether the parameter also takes a path.</summary>
    protected virtual bool TakesFiles => true;

    /// <summary>The names to offer, given the parameters typed so far.</summary>
    protected abstract IEnumerable<string> GetNames(IDictionary boundParameters);

    /// <summary>
    /// The current location; a completer gets no session state, but the runspace that asks it has one.
    /// </summary>
    protected static PathIntrinsics GetLocation()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("$ExecutionContext.SessionState.Path").Invoke<PathIntrinsics>()[0];
    }

    private static string Quote(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
        ? name
        : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
