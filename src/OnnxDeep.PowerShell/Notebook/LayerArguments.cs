using System.Collections;
using System.Management.Automation;

using OnnxDeep.Learning.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Makes a network of what a user types for -Weight and -Bias, and shows numbers the same way.</summary>
internal static class LayerArguments
{
    /// <summary>A layer for each pair of items; where all items are plain numbers they are one layer.</summary>
    /// <exception cref="ArgumentException">
    /// The numbers make no network; the message says why, without the way out.
    /// </exception>
    /// <exception cref="PSInvalidCastException">Something is no number.</exception>
    public static Network<double> ToNetwork(object[] weights, object[] biases, Activation[] activations)
    {
        double[][] rows = ToLayers(biases);
        object[] matrices = weights.All(IsNumber) ? [weights] : weights;
        if (matrices.Length != rows.Length)
        {
            throw new ArgumentException($"-Weight has {matrices.Length} layers and -Bias has {rows.Length}.");
        }

        if (activations.Length != 1 && activations.Length != rows.Length)
        {
            throw new ArgumentException($"-Activation has {activations.Length} names for {rows.Length} layers.");
        }

        var layers = new DenseLayer<double>[rows.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            string name = layers.Length == 2 ? (i == 0 ? "hidden" : "output") : i == 0 ? "dense" : $"dense_{i}";
            layers[i] = new DenseLayer<double>(
                name,
                ToMatrix(matrices[i], rows[i].Length, name),
                rows[i],
                activations[activations.Length == 1 ? 0 : i]);
        }

        return new Network<double>(layers);
    }

    /// <summary>One number as a number, for a shell and for CSV; several as a copy of the array.</summary>
    public static object ToNumberOrArray(double[] values) => values.Length == 1 ? values[0] : values.ToArray();

    private static double[][] ToLayers(object[] items) => items.All(IsNumber)
        ? [[.. items.Select(ToNumber)]]
        : [.. items.Select(item => Flatten(item).ToArray())];

    private static double[,] ToMatrix(object item, int units, string layer)
    {
        double[] values = [.. Flatten(item)];
        if (values.Length == 0 || units == 0 || values.Length % units != 0)
        {
            throw new ArgumentException(
                $"Layer '{layer}' has {values.Length} weights for {units} units, "
                + "which leaves no whole number of inputs.");
        }

        double[,] matrix = new double[values.Length / units, units];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }

    // A matrix of .NET and nested lists both come row by row: input by input, as Keras and the notebook keep them.
    private static IEnumerable<double> Flatten(object? item) => RowProperties.Unwrap(item) switch
    {
        IEnumerable many and not string => many.Cast<object?>().SelectMany(Flatten),
        var number => [ToNumber(number)],
    };

    private static bool IsNumber(object? item) => RowProperties.Unwrap(item) is not IEnumerable or string;

    private static double ToNumber(object? item) => LanguagePrimitives.ConvertTo<double>(RowProperties.Unwrap(item));
}
