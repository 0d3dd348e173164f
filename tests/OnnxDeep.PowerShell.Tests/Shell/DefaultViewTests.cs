namespace OnnxDeep.PowerShell.Tests.Shell;

public sealed class DefaultViewTests
{
    [Theory]
    [InlineData("'salad', 'ice cream', 'qwxzv' | Test-FoodWord", "Word", "Label", "Probability", "unknown")]
    [InlineData("Get-LayerWeights", "Layer", "Activation", "Parameters", "1,505")]
    [InlineData("Get-LayerWeights noise -Flat", "Kind", "Input", "Value", "Bias")]
    [InlineData("'lemon', 'qwxzv' | Get-WordVector", "Word", "Norm", "× 300")]
    [InlineData("'lime', 'truck' | Measure-WordSimilarity lemon", "ReferenceWord", "Similarity", "truck")]
    [InlineData("'lemon', 'guitar' | Find-SimilarWord", "ReferenceWord: guitar", "Position", "Word", "Similarity")]
    public async Task ViewTellsWhatMattersInEightyColumns(string command, params string[] parts)
    {
        ShellResult result = await ShellProcess.RunAsync("-Command", command);

        Assert.Equal(0, result.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }
}
