using System.Collections;

namespace OnnxDeep.PowerShell.Completion;

/// <summary>Offers the names of vector tables, and no files.</summary>
public sealed class TableCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override bool TakesFiles => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters) => OnnxDeepCmdlet.Tables.GetNames();
}
