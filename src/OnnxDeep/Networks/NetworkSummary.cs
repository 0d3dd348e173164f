using System.Globalization;
using System.Text;

namespace OnnxDeep.Networks;

/// <summary>The table that Keras 3 prints for <c>model.summary()</c>.</summary>
public static class NetworkSummary
{
    private static readonly int[] s_widths = [31, 22, 13];

    /// <summary>Layer, output shape and parameters of each layer, then the totals.</summary>
    public static string Format(Network network, string name = "sequential")
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{name}\"\n");
        text.Append(Rule('┏', '━', '┳', '┓'));
        text.Append(Row('┃', "Layer (type)", "Output Shape", "Param #"));
        text.Append(Rule('┡', '━', '╇', '┩'));
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            if (i > 0)
            {
                text.Append(Rule('├', '─', '┼', '┤'));
            }

            text.Append(Row('│', $"{layer.Name} (Dense)", $"(None, {layer.Units})", Number(layer.ParameterCount)));
        }

        text.Append(Rule('└', '─', '┴', '┘'));
        string total = $"{Number(network.ParameterCount)} ({Size(network.ParameterCount * sizeof(float))})";
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

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

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
