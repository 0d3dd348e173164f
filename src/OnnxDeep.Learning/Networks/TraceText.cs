using System.Text;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>Formats a forward pass as the notebook's cell prints it.</summary>
internal static class TraceText
{
    // The notebook's arrays fit this limit; the 300 numbers of a word's vector would fill the screen.
    private const int Limit = 100;

    private const int Columns = 79;

    /// <summary>
    /// Writes the notebook's sentences for a network of two layers and one output, and the same steps layer by layer
    /// for other networks.
    /// </summary>
    /// <param name="trace">The pass.</param>
    /// <param name="label">The name of the class; null for its number.</param>
    public static string Format(ForwardTrace trace, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var text = new StringBuilder();
        Add(text, "The inputs are:", NumPyText.Format(trace.Inputs, Limit));
        if (trace is { Steps.Count: 2, Outputs.Length: 1 })
        {
            AddHidden(text, trace.Steps[0]);
            AddOutput(text, trace.Steps[1]);
        }
        else
        {
            foreach (ForwardStep step in trace.Steps)
            {
                AddStep(text, step);
            }
        }

        string name = ShownText.Value(label ?? $"{trace.Class}");
        return text.Append("The predicted class is ").Append(name).Append('\n').ToString();
    }

    private static void AddHidden(StringBuilder text, ForwardStep step)
    {
        // The notebook keeps the weights of all inputs in one row.
        Add(
            text,
            "The weights of the hidden layer are:",
            NumPyText.Format([.. step.Layer.Weights.ToArray().Cast<double>()], Limit));
        Add(text, "The weights x inputs to the hidden layer are:", NumPyText.Format(step.WeightedInputs, Limit));
        Add(text, "The biases of hidden layer are:", Biases(step.Layer));
        Add(
            text,
            $"Adding the {Count(step.Inputs.Length)} inputs for each neuron in the hidden layer "
            + "to the bias for that neuron gives z_n:",
            NumPyText.Format(step.Z, Limit));
        Add(
            text,
            "Applying the activation function to each z_n gives a_n:",
            NumPyText.Format(step.Activations, Limit));
    }

    private static void AddOutput(StringBuilder text, ForwardStep step)
    {
        Add(text, "The bias of the output layer neuron, b_output, is:", Biases(step.Layer));
        Add(text, "Summing the signals and adding the bias for the output layer gives:", NumPyText.Format(step.Z));
        Add(
            text,
            "Applying the activation function to z_output gives the network output, which is:",
            NumPyText.Format(step.Activations));
    }

    private static void AddStep(StringBuilder text, ForwardStep step)
    {
        string name = $"layer '{ShownText.Value(step.Layer.Name)}'";
        Add(text, $"The weights of {name} are:", NumPyText.Format(step.Layer.Weights.ToArray(), Limit));
        Add(text, $"The weights x inputs to {name} are:", NumPyText.Format(step.WeightedInputs, Limit));
        Add(text, $"The biases of {name} are:", Biases(step.Layer));
        Add(
            text,
            "Summing the signals of each neuron and adding its bias gives z_n:",
            NumPyText.Format(step.Z, Limit));
        Add(
            text,
            $"Applying the activation function ({step.Layer.Activation}) to each z_n gives a_n:",
            NumPyText.Format(step.Activations, Limit));
    }

    private static string Biases(DenseLayer<double> layer) =>
        layer.HasBiases ? NumPyText.Format(layer.Biases, Limit) : "none";

    private static string Count(int inputs) => inputs == 3 ? "three" : $"{inputs}";

    private static void Add(StringBuilder text, string sentence, string array)
    {
        while (sentence.Length > Columns && sentence.LastIndexOf(' ', Columns) is int end and > 0)
        {
            text.Append(sentence, 0, end).Append('\n');
            sentence = sentence[(end + 1)..];
        }

        text.Append(sentence).Append("\n\n ").Append(array).Append("\n\n");
    }
}
