using System.Collections;

using OnnxDeep.Inference.Providers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Offers the plug-in libraries that are registered.</summary>
public sealed class RegisteredProviderCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override bool TakesFiles => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters)
    {
        try
        {
            return ExecutionProvider.GetRegisteredNames();
        }
        catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException)
        {
            // Tab is no place for errors; the command will tell.
            return [];
        }
    }
}
