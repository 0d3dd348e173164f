using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Tells food from not food, word by word.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FoodWord", DefaultParameterSetName = WordSet)]
[OutputType(typeof(WordPrediction), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
[OutputType(typeof(bool), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
public sealed class TestFoodWordCommand : TestWordCommand
{
    /// <inheritdoc/>
    [Parameter, ModelCompleter, ValidateNotNullOrEmpty]
    public override string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>Writes true or false a word, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Answer(WordClassifier classifier, IReadOnlyList<string> words, float? threshold)
    {
        foreach (WordPrediction prediction in classifier.Classify(words, threshold, Stop))
        {
            CountUnknown(prediction.IsKnown || prediction.IsSubword);
            WriteObject(Quiet ? prediction.IsFood ?? false : prediction);
        }
    }
}
