using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Summarises a model's structure, and rejects a model that contradicts itself.</summary>
internal static class ModelDescriber
{
    /// <summary>Describes a model.</summary>
    /// <param name="layout">The model without its weights.</param>
    /// <exception cref="FileFormatException">
    /// Its nodes form a cycle, or a tensor does not have the content that it declares.
    /// </exception>
    public static OnnxModelInfo Describe(OnnxLayout layout)
    {
        ModelProto model = layout.Model;
        string name = Path.GetFileNameWithoutExtension(layout.Path);
        GraphScope[] scopes = [.. GraphScope.Of(model)];
        CheckOrder(layout.Path, scopes);
        StoredTensor[] tensors = [.. StoredTensor.Of(model)];
        Check(layout, tensors);
        OnnxExternalFile[] files = ExternalFiles(layout.Path, tensors);
        OnnxOperatorCount[] operators = Count(name, scopes);
        OnnxOperatorSet[] opsets =
        [
            .. model.OpsetImport
                .Select(set => new OnnxOperatorSet(OnnxNames.NormalizeDomain(set.Domain), set.Version)),
        ];
        HashSet<string> stored = tensors.Where(tensor => tensor.Graph.Length == 0 && !tensor.IsConstant)
            .Select(tensor => tensor.Name)
            .ToHashSet(StringComparer.Ordinal);
        OrderedDictionary<string, string> metadata = ReadMetadata(model);
        return new OnnxModelInfo
        {
            Name = name,
            Path = layout.Path,
            Producer = model.ProducerName,
            ProducerVersion = model.ProducerVersion,
            Domain = model.Domain,
            ModelVersion = model.ModelVersion,
            Description = model.DocString,
            IrVersion = model.IrVersion,
            Opsets = opsets,
            Graph = model.Graph.Name,
            Inputs = [.. model.Graph.Input.Where(value => !stored.Contains(value.Name)).Select(Describe)],
            Outputs = [.. model.Graph.Output.Select(Describe)],
            Nodes = scopes.Sum(scope => scope.Nodes.Count),
            Operators = operators,
            Functions =
            [
                .. model.Functions.Select(function => $"{OnnxNames.NormalizeDomain(function.Domain)}:{function.Name}"),
            ],
            Initializers = tensors.Count(tensor => !tensor.IsConstant),
            Constants = tensors.Count(tensor => tensor.IsConstant),
            Parameters = ModelParameters.OfModel(layout.Path, model).Count,
            Size = layout.Length,
            ExternalFiles = files,
            Metadata = metadata,
            Columns = ModelMetadata.FromProperties(metadata).Table?.Columns ?? [],
            Layers =
            [
                .. new DenseFinder(model.Graph).Find()
                    .Select(site => new OnnxLayerInfo(site.Name, site.Activation, site.Inputs, site.Units)),
            ],
            Problems =
            [
                .. ModelCompleteness.Check(model), .. RuntimeLimits.Check(model, operators), .. Missing(files),
                .. FindShort(layout.Path, tensors),
            ],
        };
    }

    private static void CheckOrder(string path, GraphScope[] scopes)
    {
        foreach (GraphScope scope in scopes)
        {
            if (NodeOrder.FindCycle(scope.Nodes) is IReadOnlyList<string> way)
            {
                string shown = string.Join(" → ", way.Take(8).Select(node => $"'{node}'"))
                    + (way.Count > 8 ? " → …" : string.Empty);
                throw ModelErrors.Create(
                    ErrorIds.ModelCyclic,
                    path,
                    $"cannot be computed: its nodes form a cycle, {shown}. "
                    + "Export it again, or fix the program that wrote it.");
            }
        }
    }

    private static void Check(OnnxLayout layout, StoredTensor[] tensors)
    {
        foreach (StoredTensor stored in tensors)
        {
            TensorStorage.Check(layout, stored.Tensor);
            TensorStorage.Count(layout.Path, stored.Tensor, stored.Dimensions);
        }
    }

    private static OnnxExternalFile[] ExternalFiles(string path, StoredTensor[] tensors) =>
    [
        .. InFiles(tensors).Select(group =>
        {
            FileInfo? file = FindFile(path, group);
            return new OnnxExternalFile(group.Key, file is { Exists: true } ? file.Length : null, group.Count());
        }),
    ];

    private static IEnumerable<IGrouping<string, TensorProto>> InFiles(StoredTensor[] tensors) => tensors
        .Where(stored => TensorStorage.IsExternal(stored.Tensor))
        .GroupBy(
            stored => ExternalData.Location(stored.Tensor), stored => stored.Tensor, StringComparer.Ordinal);

    private static FileInfo? FindFile(string path, IGrouping<string, TensorProto> group) =>
        ExternalData.IsAbsolute(group.Key) ? null : ExternalData.Find(path, group.First());

    private static OnnxOperatorCount[] Count(string name, GraphScope[] scopes) =>
    [
        .. scopes
            .SelectMany(scope => scope.Nodes)
            .GroupBy(node => (node.OpType, Domain: OnnxNames.NormalizeDomain(node.Domain)))
            .Select(group => new OnnxOperatorCount(name, group.Key.OpType, group.Key.Domain, group.Count()))
            .OrderByDescending(count => count.Count)
            .ThenBy(count => count.Operator, StringComparer.Ordinal)
            .ThenBy(count => count.Domain, StringComparer.Ordinal),
    ];

    private static OnnxValueInfo Describe(ValueInfoProto value) =>
        new(value.Name, ModelText.Type(value.Type), ModelText.Dimensions(value.Type), value.DocString);

    private static OrderedDictionary<string, string> ReadMetadata(ModelProto model)
    {
        var pairs = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (StringStringEntryProto pair in model.MetadataProps)
        {
            pairs[pair.Key] = pair.Value;
        }

        return pairs;
    }

    private static IEnumerable<string> Missing(OnnxExternalFile[] files) => files
        .Where(file => file.Size is null)
        .Select(file => $"The file '{file.Name}', which holds {file.Tensors} of the model's tensors, "
            + (ExternalData.IsAbsolute(file.Name)
                ? "has an absolute path, which ONNX Runtime refuses. Save the model again with the file beside it."
                : "is missing. Copy it into the model's folder."));

    private static IEnumerable<string> FindShort(string path, StoredTensor[] tensors) => InFiles(tensors)
        .Select(group => FindFile(path, group) is { Exists: true } file
            ? ExternalData.FindProblem(
                path, file, group.Select(tensor => (tensor, TensorStorage.Size(path, tensor))))
            : null)
        .OfType<string>();
}
