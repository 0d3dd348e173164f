using System.Collections;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Offers the module's and the user's vector tables, then files.</summary>
public sealed class VectorsCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters) => OnnxDeepCmdlet.Tables.GetNames();
}
