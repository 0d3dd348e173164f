using System.Management.Automation;

using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Gets the vectors of words.</summary>
[Cmdlet(VerbsCommon.Get, "WordVector", HelpUri = HelpUris.GetWordVector)]
[OutputType(typeof(WordVector))]
public sealed class GetWordVectorCommand : WordCmdlet
{
    /// <summary>Words, terms of several words, or objects that contain them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Term", "Name"), AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object?[] Word { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess() => Reader.Read(Word, Write);

    private void Write(string? word)
    {
        Stop.ThrowIfCancellationRequested();
        if (TryLookUp(word, out float[]? vector, out TermOrigin origin, out string? folded))
        {
            float? norm = vector is null ? null : VectorMath.Norm(vector);
            WriteObject(new WordVector(word!, ShownArray.Of(vector), origin == TermOrigin.Key, norm, Table.Name)
            {
                IsSubword = origin == TermOrigin.Subword,
                FoldedWord = folded,
            });
        }
    }
}
