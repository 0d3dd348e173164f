using System.Collections;
using System.Globalization;

using OnnxDeep.Learning.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Builds a network from the values of -Weight and -Bias, and converts numbers for output.</summary>
internal static class LayerArguments
{
    /// <summary>Creates a layer for each pair of items, or a single layer if all items are plain numbers.</summary>
    /// <exception cref="ArgumentException">
    /// The numbers do not form a network; the message says why, but not how to correct it.
    /// </exception>
    /// <exception cref="OnnxDeepException">A value is not a number, or the format of text is not clear.</exception>
    public static Network<double> ToNetwork(
        object[] weights, object[] biases, Activation[] activations, CultureInfo? culture)
    {
        double[][] rows = ToLayers(biases, new NumberArguments("Bias", culture));
        var weightNumbers = new NumberArguments("Weight", culture);
        object[] matrices = weights.All(IsNumber) ? [weights] : weights;
        if (matrices.Length != rows.Length)
        {
            throw new ArgumentException(
                $"-Weight has {Quantity.Of(matrices.Length, "layer")} and -Bias has {rows.Length}.");
        }

        if (activations.Length != 1 && activations.Length != rows.Length)
        {
            throw new ArgumentException(
                $"-Activation has {Quantity.Of(activations.Length, "name")} for {Quantity.Of(rows.Length, "layer")}.");
        }

        var layers = new DenseLayer<double>[rows.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            string name = layers.Length == 2 ? (i == 0 ? "hidden" : "output") : i == 0 ? "dense" : $"dense_{i}";
            layers[i] = new DenseLayer<double>(
                name,
                ToMatrix(weightNumbers.Read(matrices[i]), rows[i].Length, name),
                rows[i],
                activations[activations.Length == 1 ? 0 : i]);
        }

        return new Network<double>(layers);
    }

    /// <summary>Returns a single number as is, for display and CSV files; several as a copy of the array.</summary>
    public static object ToNumberOrArray(double[] values) =>
        values.Length == 1 ? values[0] : ShownArray.Of(values.ToArray())!;

    // .NET matrices and nested lists are both read row by row: input by input, as in Keras and the notebook.
    private static double[][] ToLayers(object[] items, NumberArguments numbers) => items.All(IsNumber)
        ? [numbers.Read(items)]
        : [.. items.Select(numbers.Read)];

    private static double[,] ToMatrix(double[] values, int units, string layer)
    {
        if (values.Length == 0 || units == 0 || values.Length % units != 0)
        {
            throw new ArgumentException(
                $"Layer '{layer}' has {Quantity.Of(values.Length, "weight")} for {Quantity.Of(units, "unit")}; "
                + "the number of weights must be a multiple of the number of units.");
        }

        double[,] matrix = new double[values.Length / units, units];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }

    private static bool IsNumber(object? item) => RowProperties.Unwrap(item) is not IEnumerable or string;
}
