using System.Collections;

using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Download;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Offers the names of published word vectors.</summary>
public sealed class PublicationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override bool TakesFiles => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters) =>
        WordVectorCatalog.All.Select(publication => publication.Name);
}
