using System.Globalization;

using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Onnx.Hazards;

/// <summary>
/// What makes ONNX Runtime 1.31 end the process or run without end, found by running each operator with extreme values
/// in processes of their own.
/// </summary>
internal static class HazardRules
{
    /// <summary>Checks a node with what is known about its operands.</summary>
    /// <param name="node">The node, of the domain ai.onnx.</param>
    /// <param name="get">Gets the operand with a number; null if it is not known.</param>
    public delegate Hazard? Rule(NodeProto node, Func<int, Operand?> get);

    /// <summary>The operators that have a rule.</summary>
    public static string[] Operators =>
        ["Div", "Mod", "STFT", "LSTM", "GRU", "Conv", "ConvTranspose", "Attention", "SplitToSequence"];

    /// <summary>The rule of an operator; null if it has none.</summary>
    public static Rule? Find(string operatorName) => operatorName switch
    {
        "Div" => CheckDivision,
        "Mod" => CheckDivision,
        "STFT" => CheckFrames,
        "LSTM" => (_, get) => get(0) is { Shape: [_, 0, ..] } rows ? Empty(rows) : null,
        "GRU" => (_, get) => get(0) is { Shape: not null } rows && rows.Shape.Contains(0) ? Empty(rows) : null,
        "Conv" => (_, get) => get(1) is { Shape: [_, _, ..] } kernel && kernel.Shape.Skip(2).Contains(0)
            ? new Hazard($"has a kernel without extent: {kernel.What} is {TensorShape.ToText(kernel.Shape)}", true)
            : null,
        "ConvTranspose" => (node, _) => Number(node, "group", 1) == 0 ? new Hazard("has 0 groups", true) : null,
        "Attention" => CheckHeads,
        "SplitToSequence" => (_, get) => get(1) is { Shape: [] } length && length.ReadWhole() is [0]
            ? new Hazard($"splits into pieces of length 0: {length.What}", true)
            : null,
        _ => null,
    };

    private static Hazard? CheckDivision(NodeProto node, Func<int, Operand?> get)
    {
        if (Number(node, "fmod", 0) != 0 || get(1) is not Operand divisor || divisor.ReadWhole() is not long[] divisors)
        {
            return null;
        }

        if (divisors.Contains(0))
        {
            return new Hazard($"divides whole numbers by zero: {divisor.What} contains 0", false);
        }

        long least = divisor.Type switch
        {
            OnnxElementType.Int32 => int.MinValue, OnnxElementType.Int64 => long.MinValue, _ => 0,
        };
        return least < 0
            && divisors.Contains(-1)
            && get(0) is Operand dividend
            && dividend.ReadWhole() is long[] dividends
            && Meet(dividend, dividends, least, divisor, divisors)
                ? new Hazard(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"divides {least} by -1, which {divisor.Type.GetName()} cannot hold: {dividend.What} contains ")
                    + string.Create(CultureInfo.InvariantCulture, $"{least}, and {divisor.What} contains -1"),
                    true)
                : null;
    }

    // In equal shapes the numbers meet one by one; in others that broadcasting joins, they are taken to meet.
    private static bool Meet(Operand dividend, long[] dividends, long least, Operand divisor, long[] divisors)
    {
        if (dividend.Shape is null || divisor.Shape is null || !dividend.Shape.SequenceEqual(divisor.Shape))
        {
            return dividends.Contains(least);
        }

        for (int i = 0; i < dividends.Length; i++)
        {
            if (dividends[i] == least && divisors[i] == -1)
            {
                return true;
            }
        }

        return false;
    }

    private static Hazard? CheckFrames(NodeProto node, Func<int, Operand?> get)
    {
        if (get(2) is { Tensor.Count: 0 } window)
        {
            return new Hazard($"has a window without elements: {window.What}", true);
        }

        if (get(3) is Operand length && length.ReadWhole() is [0])
        {
            return new Hazard($"has frames of length 0: {length.What} is 0", true);
        }

        return get(1) is Operand step && step.ReadWhole() is [<= 0 and var number]
            ? new Hazard(
                string.Create(
                    CultureInfo.InvariantCulture, $"has a frame step of {number}: {step.What} must be 1 or more"),
                false)
            : null;
    }

    private static Hazard? CheckHeads(NodeProto node, Func<int, Operand?> get)
    {
        string[] counts = ["q_num_heads", "kv_num_heads"];
        if (Array.Find(counts, name => Number(node, name, 1) == 0) is string attribute
            && get(0)?.Shape is null or { Count: 3 })
        {
            return new Hazard($"has 0 heads: the attribute {attribute}", true);
        }

        return get(1) is { Shape: [_, 0, _, _] } keys ? Empty(keys) : null;
    }

    private static Hazard Empty(Operand operand) => new(
        $"takes no values without elements: {operand.What} is {TensorShape.ToText(operand.Tensor.Shape)}", true);

    private static long Number(NodeProto node, string name, long standard) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? standard;
}

/// <summary>What is wrong with a node.</summary>
/// <param name="Problem">The rest of a sentence that begins with the node.</param>
/// <param name="IsFatal">Whether the runtime ends the process or never ends; otherwise it reports an error.</param>
internal sealed record Hazard(string Problem, bool IsFatal);
