using System.Management.Automation;

using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// The base of the cmdlets that take words: which vectors, and one warning at the end for unknown words.
/// </summary>
public abstract class WordCmdlet : OnnxDeepCmdlet
{
    private int _unknown;

    /// <summary>The name of a vector table, or a table file.</summary>
    [Parameter]
    [VectorsCompleter]
    [ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>Where words are looked up, for the warning: such as "the vectors 'wordnet-300d' have".</summary>
    protected virtual string WordSource => $"the vectors '{Vectors}' have";

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_unknown > 0)
        {
            WriteWarning(
                FormattableString.Invariant($"{_unknown:N0} {(_unknown == 1 ? "word is" : "words are")} unknown: ")
                + $"{WordSource} no key for {(_unknown == 1 ? "it" : "them")}.");
        }
    }

    /// <summary>Counts a word that the vectors do not know.</summary>
    protected void CountUnknown() => _unknown++;
}
