using System.Globalization;
using System.Runtime.ExceptionServices;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;

namespace OnnxDeep.Onnx.Comparison;

/// <summary>
/// Finds the differences between the files of two models: versions, inputs, outputs, nodes and stored tensors.
/// </summary>
internal sealed class StructureComparer
{
    private readonly OnnxModelInspector _reference;
    private readonly OnnxModelInspector _difference;
    private readonly CancellationToken _cancellationToken;
    private readonly List<StructureDifference> _found = [];

    private StructureComparer(string reference, string difference, CancellationToken cancellationToken)
    {
        _reference = OnnxModelInspector.Open(reference);
        _difference = OnnxModelInspector.Open(difference);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Compares two files. Items are matched by name, so renamed tensors appear as different ones.</summary>
    /// <param name="reference">An ONNX file.</param>
    /// <param name="difference">Another ONNX file.</param>
    /// <param name="cancellationToken">Stops the reading of large tensors.</param>
    /// <returns>
    /// The differences by kind; within a kind, in the order of the reference, followed by what only the other model
    /// has.
    /// </returns>
    /// <exception cref="FileFormatException">A file is not ONNX, or contradicts itself.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<StructureDifference> Compare(
        string reference, string difference, CancellationToken cancellationToken = default)
    {
        var comparer = new StructureComparer(reference, difference, cancellationToken);
        comparer.Compare();
        return comparer._found;
    }

    private void Compare()
    {
        Compare(StructureDifferenceKind.IrVersion, model => [("ONNX", Number(model.Info.IrVersion))]);
        Compare(
            StructureDifferenceKind.Opset,
            model => model.Info.Opsets.Select(set => (set.Domain, Number(set.Version))));
        Compare(StructureDifferenceKind.Input, model => model.Info.Inputs.Select(Describe));
        Compare(StructureDifferenceKind.Output, model => model.Info.Outputs.Select(Describe));
        Compare(
            StructureDifferenceKind.Operator,
            model => model.Info.Operators
                .Select(count => (Qualify(count.Domain, count.Operator), Number(count.Count))));
        CompareNodes();
        Compare(StructureDifferenceKind.Initializer, DescribeTensors);
    }

    private void Compare(
        StructureDifferenceKind kind, Func<OnnxModelInspector, IEnumerable<(string Name, string Text)>> list) =>
        Compare(kind, ToDictionary(list(_reference)), ToDictionary(list(_difference)));

    private void Compare(
        StructureDifferenceKind kind,
        OrderedDictionary<string, string> reference,
        OrderedDictionary<string, string> difference)
    {
        foreach ((string name, string text) in reference)
        {
            string other = difference.GetValueOrDefault(name, string.Empty);
            if (text != other)
            {
                _found.Add(new StructureDifference(kind, name, text, other));
            }
        }

        _found.AddRange(difference
            .Where(pair => !reference.ContainsKey(pair.Key))
            .Select(pair => new StructureDifference(kind, pair.Key, string.Empty, pair.Value)));
    }

    // The operator counts already show a node that only one model has.
    private void CompareNodes()
    {
        OrderedDictionary<string, string> reference = ToDictionary(_reference.DescribeNodes(_cancellationToken));
        OrderedDictionary<string, string> difference = ToDictionary(_difference.DescribeNodes(_cancellationToken));
        Compare(
            StructureDifferenceKind.Node,
            ToDictionary(reference
                .Where(pair => difference.ContainsKey(pair.Key))
                .Select(pair => (pair.Key, pair.Value))),
            ToDictionary(difference
                .Where(pair => reference.ContainsKey(pair.Key))
                .Select(pair => (pair.Key, pair.Value))));
    }

    // If a name occurs more than once, the last value counts.
    private static OrderedDictionary<string, string> ToDictionary(IEnumerable<(string Name, string Text)> pairs)
    {
        var dictionary = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string text) in pairs)
        {
            dictionary[name] = text;
        }

        return dictionary;
    }

    // A constant is already compared as part of its node.
    private IEnumerable<(string Name, string Text)> DescribeTensors(OnnxModelInspector model) => model
        .Measure(ExceptionDispatchInfo.Throw, _cancellationToken)
        .Where(tensor => !tensor.IsConstant)
        .Select(tensor =>
        {
            string name = tensor.Graph.Length > 0 ? $"{tensor.Graph}/{tensor.Name}" : tensor.Name;
            string type = tensor.IsSparse ? $"sparse {tensor.Type}" : tensor.Type;
            return (name, $"{type} {tensor.Shape} {ModelText.Shorten(tensor.Sha256)}".TrimEnd());
        });

    private static (string Name, string Text) Describe(OnnxValueInfo value) =>
        (value.Name, $"{value.Type} {value.Shape}".Trim());

    private static string Qualify(string domain, string name) =>
        domain == OnnxNames.DefaultDomain ? name : $"{domain}:{name}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
