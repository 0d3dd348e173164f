using System.Management.Automation;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Gets the vectors of words.</summary>
[Cmdlet(VerbsCommon.Get, "WordVector", HelpUri = HelpUris.GetWordVector)]
[OutputType(typeof(WordVector))]
public sealed class GetWordVectorCommand : WordCmdlet
{
    /// <summary>Words, or terms of several words.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Term", "Name"), AllowNull, AllowEmptyString, AllowEmptyCollection, WordTransformation]
    public string?[] Word { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string? word in Word ?? [null])
        {
            Stop.ThrowIfCancellationRequested();
            if (TryLookUp(word, out float[]? vector, out TermOrigin origin))
            {
                float? norm = vector is null ? null : VectorMath.Norm(vector);
                WriteObject(new WordVector(word!, vector, origin == TermOrigin.Key, norm, Table.Name)
                {
                    IsSubword = origin == TermOrigin.Subword,
                });
            }
        }
    }
}
