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
            [.. network.Layers.Select(layer => SummaryRow.OfDense(layer.Name, layer.Inputs, layer.Units))], name);
    }

    /// <summary>
    /// Formats the layers of any model. As in Keras, long names are not cut and make their rows wider.
    /// </summary>
    public static string Format(IReadOnlyList<SummaryRow> layers, string name)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{name}\"\n");
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

            text.Append(Row('│', $"{layer.Layer} ({layer.Type})", layer.OutputShape, Number(layer.Parameters)));
        }

        text.Append(Rule('└', '─', '┴', '┘'));
        long parameters = layers.Sum(layer => (long)layer.Parameters);
        string total = $"{Number(parameters)} ({Size(parameters * sizeof(float))})";
        text.Append(CultureInfo.InvariantCulture, $" Total params: {total}\n");
        text.Append(CultureInfo.InvariantCulture, $" Trainable params: {total}\n");
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
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="units">The number of units.</param>
    public static SummaryRow OfDense(string name, int inputs, int units) =>
        new(name, "Dense", FormattableString.Invariant($"(None, {units})"), (inputs * units) + units);
}
