using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// The base of the cmdlets that look words up in a vector table, with one warning at the end for unknown words.
/// </summary>
public abstract class WordCmdlet : OnnxDeepCmdlet
{
    private FileLease<WordVectorTable>? _lease;
    private TermVectorizer? _vectorizer;
    private int _unknown;

    /// <summary>The name of a vector table, or a table file.</summary>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The open table.</summary>
    protected WordVectorTable Table => _lease!.Value;

    /// <summary>Looks terms up in the table.</summary>
    protected TermVectorizer Vectorizer => _vectorizer!;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _lease = SharedFiles.RentTable(ResolveTable(Vectors));
        _vectorizer = new TermVectorizer(Table);
    }

    /// <inheritdoc/>
    protected override void OnEnd() => WarnOfUnknown(this, _unknown, $"the vectors '{Vectors}' have");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _lease?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Warns of words that have no vector; without any, it does nothing.</summary>
    /// <param name="cmdlet">Writes the warning.</param>
    /// <param name="count">The number of words.</param>
    /// <param name="source">Where they are looked up, such as "the vectors 'wordnet-300d' have".</param>
    internal static void WarnOfUnknown(Cmdlet cmdlet, int count, string source)
    {
        if (count > 0)
        {
            cmdlet.WriteWarning(
                FormattableString.Invariant($"{count:N0} {(count == 1 ? "word is" : "words are")} unknown: ")
                + $"{source} no key for {(count == 1 ? "it" : "them")}.");
        }
    }

    /// <summary>The vector of a term; null after an error, or for an unknown word, which is counted.</summary>
    /// <param name="word">What the user gave.</param>
    /// <param name="vector">[dimensions].</param>
    /// <param name="origin">What the vector was made of.</param>
    /// <returns><see langword="false"/> where the word is no text and an error was written.</returns>
    protected bool TryLookUp(string? word, out float[]? vector, out TermOrigin origin)
    {
        vector = null;
        origin = TermOrigin.Unknown;
        if (Term.Check(word) is OnnxDeepException problem)
        {
            WriteError(Errors.From(problem, word));
            return false;
        }

        vector = LookUp(word!, out origin);
        return true;
    }

    /// <summary>The vector of a term that has been checked; null for an unknown word, which is counted.</summary>
    protected float[]? LookUp(string word, out TermOrigin origin)
    {
        float[] vector = new float[Table.Dimensions];
        origin = Vectorizer.GetVector(word, vector);
        if (origin != TermOrigin.Unknown)
        {
            return vector;
        }

        _unknown++;
        return null;
    }
}
