using System.Collections;

using OnnxDeep.Inference.Providers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Offers Auto, CPU, CUDA and what else can run here.</summary>
public sealed class ProviderCompleter : NameCompleter
{
    private static readonly string[] s_names = ["Auto", "CPU", "CUDA"];

    /// <inheritdoc/>
    protected override bool TakesFiles => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters)
    {
        try
        {
            return s_names.Union(
                ExecutionProvider.List().Where(provider => provider.IsAvailable).Select(provider => provider.Name));
        }
        catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException)
        {
            // Tab is no place for errors; the command will tell.
            return s_names;
        }
    }
}
