using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Classifies words as food or not food.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FoodWord", DefaultParameterSetName = WordSet)]
[OutputType(typeof(WordPrediction), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
[OutputType(typeof(bool), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
public sealed class TestFoodWordCommand : TestWordCmdlet
{
    /// <summary>The name of a model of the module, or an ONNX file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>Writes true or false a word, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override string ModelName => Model;

    private protected override void Answer(WordClassifier classifier, IReadOnlyList<string> words, float? threshold)
    {
        if (!classifier.IsBinary)
        {
            throw new OnnxDeepException(
                ErrorIds.ModelOutputMismatch,
                $"The model '{classifier.Path}' has {classifier.Labels.Count} classes: "
                + $"{string.Join(", ", classifier.Labels)}. A yes-or-no classifier of words returns Single [N, 1]. "
                + "Test-Word takes models of any number of classes.");
        }

        float least = threshold ?? classifier.Metadata.Threshold;
        foreach (ClassifiedWord answer in classifier.Classify(words, threshold, Stop))
        {
            bool? isFood = answer.Probability is float p ? p >= least : null;
            if (isFood is null)
            {
                CountUnknown();
            }

            WriteObject(Quiet ? isFood ?? false : new WordPrediction(
                answer.Word, answer.Label, answer.Probability, isFood, answer.IsKnown, answer.Model)
            {
                IsSubword = answer.IsSubword,
                Provider = answer.Provider,
            });
        }
    }
}
