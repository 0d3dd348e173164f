using System.Collections;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Offers the names of vector tables, and no files.</summary>
public sealed class TableCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override bool TakesFiles => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters) => OnnxDeepCmdlet.Tables.GetNames();
}
