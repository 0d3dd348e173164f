using System.Management.Automation;

using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Classifies words with any word model, word by word.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Word", DefaultParameterSetName = WordSet)]
[OutputType(typeof(ClassifiedWord), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
public sealed class TestWordCommand : TestWordCmdlet
{
    /// <summary>The name of a model of the module, or an ONNX file.</summary>
    [Parameter(Mandatory = true)]
    [ModelCompleter]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override string ModelName => Model;

    private protected override void Answer(WordClassifier classifier, IReadOnlyList<string> words, float? threshold)
    {
        foreach (ClassifiedWord word in classifier.Score(words, threshold, Stop))
        {
            if (word is { IsKnown: false, IsSubword: false })
            {
                CountUnknown();
            }

            WriteObject(word);
        }
    }
}
