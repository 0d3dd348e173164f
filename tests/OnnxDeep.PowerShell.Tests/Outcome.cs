using System.Management.Automation;

namespace OnnxDeep.Tests;

/// <summary>The output of a script, by stream.</summary>
internal sealed record Outcome(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    RuntimeException? Terminating)
{
    /// <summary>The ids of all errors, without the cmdlet's name; the terminating error is last.</summary>
    public IEnumerable<string> ErrorIds => Errors
        .Concat(Terminating is null ? [] : [Terminating.ErrorRecord])
        .Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>Gets one property of each object.</summary>
    public IEnumerable<object?> Values(string property) => Output.Select(item => item.Properties[property]?.Value);

    public Outcome ThrowOnError() =>
        Terminating is null && Errors.Count == 0 ? this : throw new InvalidOperationException(
            string.Join(Environment.NewLine, Errors.Select(e => e.ToString()).Append(Terminating?.ToString())));
}
