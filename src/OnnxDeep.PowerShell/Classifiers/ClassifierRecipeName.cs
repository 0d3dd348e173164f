namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>The recipes that a classifier can be trained by.</summary>
public enum ClassifierRecipeName
{
    /// <summary>Early stopping at a rate that suits short lists, tested on a stratified share.</summary>
    Default,

    /// <summary>
    /// The notebook's: five relu units, 10 epochs in batches of 5, Adam at 0.001, a test share drawn at random.
    /// </summary>
    Notebook,
}
