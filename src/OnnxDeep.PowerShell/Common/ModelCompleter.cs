using System.Collections;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Offers the module's own models, then files.</summary>
public sealed class ModelCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters) => OnnxDeepCmdlet.Models.GetNames();
}
