using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Classifies words as food or not food.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FoodWord", DefaultParameterSetName = WordSet, HelpUri = HelpUris.TestFoodWord)]
[OutputType(typeof(WordPrediction), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
[OutputType(typeof(bool), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
[OutputType(typeof(PSObject), ParameterSetName = [WordSet])]
public sealed class TestFoodWordCommand : TestWordCommand
{
    /// <inheritdoc/>
    [Parameter, ModelCompleter, ValidateNotNullOrEmpty]
    public override string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>Returns only true or false for each word.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override string[] AnswerNames => ["Label", "Probability", "IsFood"];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Quiet && PassThru)
        {
            ThrowTerminatingError(Errors.ViewsConflict([nameof(Quiet), nameof(PassThru)]));
        }

        base.OnBegin();
    }

    private protected override void CheckModel(WordClassifier classifier)
    {
        if (!classifier.IsBinary)
        {
            throw new OnnxDeepException(
                ErrorIds.ModelOutputMismatch,
                $"The model '{classifier.Path}' has {Quantity.Of(classifier.Labels.Count, "class", "classes")}: "
                + $"{string.Join(", ", classifier.Labels)}. Use a model of two classes, whose output is Single [N, 1]. "
                + "Use Test-Word for models with any number of classes.");
        }
    }

    private protected override object CreateOutput(
        WordClassifier classifier, ClassifiedWord answer, object?[]? values)
    {
        float? probability = answer.SecondProbability;
        bool? isFood = probability is float p ? p >= ((float?)Threshold ?? classifier.Metadata.Threshold) : null;
        if (values is not null)
        {
            (values[0], values[1], values[2]) = (answer.Label, probability, isFood);
        }

        return Quiet ? isFood ?? false : new WordPrediction(
            answer.Word, answer.Label, probability, isFood, answer.IsKnown, answer.Model)
        {
            IsSubword = answer.IsSubword,
            FoldedWord = answer.FoldedWord,
            Provider = answer.Provider,
            Answer = answer,
        };
    }
}
