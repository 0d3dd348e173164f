using System.Globalization;
using System.Text;

namespace OnnxDeep.Learning.Networks;

/// <summary>The table that Keras 3 prints for <c>model.summary()</c>.</summary>
public static class NetworkSummary
{
    private static readonly int[] s_widths = [31, 22, 13];

    /// <summary>Formats name, output shape and parameters of each layer, then the totals.</summary>
    public static string Format(Network<float> network, string name = "sequential")
    {
        ArgumentNullException.ThrowIfNull(network);
        return Format(
            [.. network.Layers.Select(layer => SummaryRow.OfDense(layer.Name, layer.Units, layer.ParameterCount))],
            name,
            new SummaryTotal(network.ParameterCount, (long)network.ParameterCount * sizeof(float), 0));
    }

    /// <summary>
    /// Formats the layers of any model. As in Keras, long names are not cut and make their rows wider. Keras's two
    /// lines about training are replaced if the model has parameters that are not in these layers.
    /// </summary>
    /// <param name="layers">The rows.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="total">The parameters of the complete model.</param>
    public static string Format(IReadOnlyList<SummaryRow> layers, string name, SummaryTotal total)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(total);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{ShownText.Value(name)}\"\n");
        text.Append(Rule('┏', '━', '┳', '┓'));
        text.Append(Row('┃', "Layer (type)", "Output Shape", "Param #"));
        text.Append(Rule('┡', '━', '╇', '┩'));
        for (int i = 0; i < layers.Count; i++)
        {
            SummaryRow layer = layers[i];
            if (i > 0)
            {
                text.Append(Rule('├', '─', '┼', '┤'));
            }

            text.Append(Row(
                '│',
                $"{ShownText.Value(layer.Layer)} ({layer.Type})",
                layer.OutputShape,
                Number(layer.Parameters)));
        }

        text.Append(Rule('└', '─', '┴', '┘'));
        string count = $"{Number(total.Parameters)} ({Size(total.Bytes)})";
        text.Append(CultureInfo.InvariantCulture, $" Total params: {count}\n");
        if (total.Others > 0)
        {
            string others = $"{Number(total.Others)} of {Number(total.Parameters)}";
            text.Append(CultureInfo.InvariantCulture, $" Params outside of dense layers: {others}\n");
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $" Trainable params: {count}\n");
        text.Append(" Non-trainable params: 0 (0.00 B)\n");
        return text.ToString();
    }

    private static string Rule(char left, char line, char middle, char right) =>
        left + string.Join(middle, s_widths.Select(width => new string(line, width + 2))) + right + "\n";

    private static string Row(char edge, string layer, string shape, string parameters) =>
        $"{edge} {layer.PadRight(s_widths[0])} {edge} {shape.PadRight(s_widths[1])} {edge} "
        + $"{parameters.PadLeft(s_widths[2])} {edge}\n";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB"];
        int unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++)
        {
            bytes /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:F2} {units[unit]}");
    }
}

/// <summary>A row of Keras's summary: one layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Type">Dense.</param>
/// <param name="OutputShape">Such as <c>(None, 5)</c>: any number of rows of five numbers.</param>
/// <param name="Parameters">The number of weights and biases.</param>
public sealed record SummaryRow(string Layer, string Type, string OutputShape, int Parameters)
{
    /// <summary>Creates the row of a dense layer.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="parameters">The number of weights and biases.</param>
    public static SummaryRow OfDense(string name, int units, int parameters) =>
        new(name, "Dense", FormattableString.Invariant($"(None, {units})"), parameters);

    /// <summary>The layer with its output and the number of its parameters.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ShownText.Value(Layer)}: {Type} {OutputShape}, {Quantity.Of(Parameters, "parameter")}");
}

/// <summary>The parameters of a model.</summary>
/// <param name="Parameters">The number of parameters; a tensor that several layers share counts once.</param>
/// <param name="Bytes">Their size in bytes.</param>
/// <param name="Others">The number of those that are not in a layer of the summary.</param>
public sealed record SummaryTotal(long Parameters, long Bytes, long Others);
