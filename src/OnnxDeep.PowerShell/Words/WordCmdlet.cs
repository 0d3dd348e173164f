using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// The base class of the cmdlets that look up words in a vector table; warns once, at the end, about unknown words.
/// </summary>
public abstract class WordCmdlet : OnnxDeepCmdlet
{
    private FileLease<WordVectorTable>? _lease;
    private TermVectorizer? _vectorizer;
    private WordReader? _reader;
    private int _unknown;

    /// <summary>The property of piped objects that contains the word, or a script block that returns it.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public object? WordProperty { get; set; }

    /// <summary>Skips null, empty and blank words, which are otherwise errors.</summary>
    [Parameter]
    public SwitchParameter SkipEmpty { get; set; }

    /// <summary>The name or path of a vector table.</summary>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The open table.</summary>
    protected WordVectorTable Table => _lease!.Value;

    /// <summary>Looks up terms in the table.</summary>
    protected TermVectorizer Vectorizer => _vectorizer!;

    /// <summary>Gets the words of pipeline objects.</summary>
    private protected WordReader Reader => _reader!;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _reader = new WordReader(this, WordProperty) { SkipsEmpty = SkipEmpty };
        _lease = SharedFiles.RentTable(ResolveTable(Vectors));
        _vectorizer = new TermVectorizer(Table);
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        Reader.Complete();
        WarnOfUnknown(this, _unknown, $"the vectors '{Vectors}' do");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _lease?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Writes a warning if there are words without a vector.</summary>
    /// <param name="cmdlet">The cmdlet that writes the warning.</param>
    /// <param name="count">The number of unknown words.</param>
    /// <param name="source">Where the words are missing, such as "the vectors 'wordnet-300d' do".</param>
    internal static void WarnOfUnknown(OnnxDeepCmdlet cmdlet, int count, string source)
    {
        if (count > 0)
        {
            cmdlet.WriteWarning(
                FormattableString.Invariant($"{count:N0} {(count == 1 ? "word is" : "words are")} unknown: ")
                + $"{source} not contain {(count == 1 ? "it" : "them")}.");
        }
    }

    /// <summary>Looks up a term; the vector is null after an error and for an unknown word, which is counted.</summary>
    /// <param name="word">The input of the user.</param>
    /// <param name="vector">The vector, [dimensions].</param>
    /// <param name="origin">The origin of the vector.</param>
    /// <param name="folded">The spelling that was found, if it was only found folded; otherwise null.</param>
    /// <returns><see langword="false"/> if the word is invalid and an error was written.</returns>
    protected bool TryLookUp(string? word, out float[]? vector, out TermOrigin origin, out string? folded)
    {
        vector = null;
        origin = TermOrigin.Unknown;
        folded = null;
        if (Term.Check(word) is OnnxDeepException problem)
        {
            WriteError(Errors.From(problem, word));
            return false;
        }

        vector = LookUp(word!, out origin, out folded);
        return true;
    }

    /// <summary>Looks up a valid term; returns null for an unknown word, which is counted.</summary>
    protected float[]? LookUp(string word, out TermOrigin origin, out string? folded)
    {
        float[] vector = new float[Table.Dimensions];
        origin = Vectorizer.GetVector(word, vector, out folded);
        if (folded is not null)
        {
            WriteVerbose($"The vector of '{word}' is that of '{folded}'.");
        }

        if (origin != TermOrigin.Unknown)
        {
            return vector;
        }

        _unknown++;
        return null;
    }
}
