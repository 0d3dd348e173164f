using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Classifies words as food or not food.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FoodWord", DefaultParameterSetName = WordSet, HelpUri = HelpUris.TestFoodWord)]
[OutputType(typeof(WordPrediction), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
[OutputType(typeof(bool), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
public sealed class TestFoodWordCommand : TestWordCommand
{
    /// <inheritdoc/>
    [Parameter, ModelCompleter, ValidateNotNullOrEmpty]
    public override string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>Returns only true or false for each word.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Answer(WordClassifier classifier, IReadOnlyList<string> words, float? threshold)
    {
        if (!classifier.IsBinary)
        {
            throw new OnnxDeepException(
                ErrorIds.ModelOutputMismatch,
                $"The model '{classifier.Path}' has {Quantity.Of(classifier.Labels.Count, "class", "classes")}: "
                + $"{string.Join(", ", classifier.Labels)}. Use a model of two classes, whose output is Single [N, 1]. "
                + "Use Test-Word for models with any number of classes.");
        }

        float least = threshold ?? classifier.Metadata.Threshold;
        foreach (ClassifiedWord answer in classifier.Classify(words, threshold, Stop))
        {
            bool? isFood = answer.SecondProbability is float p ? p >= least : null;
            CountUnknown(isFood is not null);
            WriteObject(Quiet ? isFood ?? false : new WordPrediction(
                answer.Word, answer.Label, answer.SecondProbability, isFood, answer.IsKnown, answer.Model)
            {
                IsSubword = answer.IsSubword,
                FoldedWord = answer.FoldedWord,
                Provider = answer.Provider,
            });
        }
    }
}
