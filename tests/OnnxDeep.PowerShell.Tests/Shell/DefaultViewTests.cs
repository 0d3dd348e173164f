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
    [InlineData("Invoke-Neuron -InputSignal 100 -Weight -1 -Bias 50", "InputSignal", "Weight", "Bias", "-50", "Step", "Output")]
    [InlineData("Trace-Network -Seed 42", " [-25.09197623  90.14286128  46.39878836]", "gives a_n:", "The predicted class is 1")]
    [InlineData("Get-NetworkGradient -Seed 42 -Target 1", "Layer: output", "w21", "b_output", "Direction", "increase")]
    [InlineData("Get-LossCurve", "Predicted", "SquaredError", "Derivative")]
    [InlineData("Get-LossCurve -TangentAt 3", "Slope", "Intercept", "4 * predicted - 8")]
    [InlineData("Measure-Loss -Predicted 0.9, 0.2 -Actual 1, 0", "MSE", "RMSE", "MAE", "BCE", "0.025")]
    [InlineData("Get-OnnxModel noise", "features: tensor(float) [N, 3]", "ai.onnx 17", "dense: 3 → 5, Sigmoid", "Gemm 2")]
    [InlineData("Get-OnnxModel food-words -Node", "Graph: food-words", "LabelEncoder", "word/rows")]
    [InlineData("Get-OnnxModel food -Initializer", "Model: food", "[300, 5]", "-0.31664", "Mean")]
    [InlineData("Get-OnnxModel food-words -Operator", "Model: food-words", "ai.onnx.ml")]
    [InlineData("(Get-OnnxModel noise).Inputs", "tensor(float)", "[N, 3]")]
    [InlineData("Get-OnnxModel noise -Tree", "├─ dense: Gemm(features, dense/kernel, dense/bias) → dense/z")]
    [InlineData("Get-ModelSummary noise", "Layer (type)", "Output Shape", "Total params: 26 (104.00 B)")]
    [InlineData("@{ Truth = 'a'; Label = 'a' } | Measure-Classification", "   precision    recall  f1-score   support", "weighted avg       1.00")]
    [InlineData("Get-OnnxExecutionProvider", "Name", "Device", "Vendor", "Available", "Reason", "CUDA")]
    public async Task ViewTellsWhatMattersInEightyColumns(string command, params string[] parts)
    {
        ShellResult result = await ShellProcess.RunAsync("-Command", command);

        Assert.Equal(0, result.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }
}
