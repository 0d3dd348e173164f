using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Content;

/// <summary>A tensor that a model stores: an initialiser, dense or sparse, or the value of a Constant node.</summary>
/// <param name="Graph">The scope that it is stored in.</param>
/// <param name="Name">The name by which nodes use it.</param>
/// <param name="Tensor">The numbers; for a sparse tensor, only the nonzero values.</param>
/// <param name="Sparse">The sparse tensor; null if the tensor is dense.</param>
/// <param name="IsConstant">Whether a Constant node stores it.</param>
internal sealed record StoredTensor(
    string Graph, string Name, TensorProto Tensor, SparseTensorProto? Sparse, bool IsConstant)
{
    private const string ConstantOperator = "Constant";

    /// <summary>The shape of the complete tensor.</summary>
    public IReadOnlyList<long> Dimensions => Sparse is null ? Tensor.Dims : Sparse.Dims;

    /// <summary>All stored tensors of a model, graph by graph: first the initialisers, then the constants.</summary>
    public static IEnumerable<StoredTensor> Of(ModelProto model) =>
        GraphScope.Of(model).SelectMany(scope => OfInitializers(scope).Concat(OfConstants(scope)));

    private static IEnumerable<StoredTensor> OfInitializers(GraphScope scope) => scope.Graph is not GraphProto graph
        ? []
        : graph.Initializer
            .Select(tensor => new StoredTensor(scope.Name, tensor.Name, tensor, null, false))
            .Concat(graph.SparseInitializer
                .Where(sparse => sparse.Values is not null)
                .Select(sparse => new StoredTensor(scope.Name, sparse.Values.Name, sparse.Values, sparse, false)));

    private static IEnumerable<StoredTensor> OfConstants(GraphScope scope) => scope.Nodes
        .Where(node => node.OpType == ConstantOperator
            && OnnxNames.NormalizeDomain(node.Domain) == OnnxNames.DefaultDomain
            && node.Output.Count > 0)
        .SelectMany(node => node.Attribute.Select(attribute => OfConstant(scope.Name, node.Output[0], attribute)))
        .OfType<StoredTensor>();

    /// <summary>The value of a Constant node; null if it has none that this version knows.</summary>
    public static StoredTensor? OfConstant(NodeProto node) => node.Attribute
        .Select(attribute => OfConstant(string.Empty, node.Output[0], attribute))
        .FirstOrDefault(stored => stored is not null);

    // Lists in attributes become tensors, so that they are counted and summarised like any other.
    private static StoredTensor? OfConstant(string graph, string name, AttributeProto attribute)
    {
        return attribute switch
        {
            { Name: "value", T: TensorProto tensor } => new StoredTensor(graph, name, tensor, null, true),
            { Name: "sparse_value", SparseTensor: { Values: TensorProto values } sparse } =>
                new StoredTensor(graph, name, values, sparse, true),
            { Name: "value_float" } => Create(new TensorProto { FloatData = { attribute.F } }, DataType.Float),
            { Name: "value_floats" } => Create(
                new TensorProto { Dims = { attribute.Floats.Count }, FloatData = { attribute.Floats } },
                DataType.Float),
            { Name: "value_int" } => Create(new TensorProto { Int64Data = { attribute.I } }, DataType.Int64),
            { Name: "value_ints" } => Create(
                new TensorProto { Dims = { attribute.Ints.Count }, Int64Data = { attribute.Ints } }, DataType.Int64),
            { Name: "value_string" } => Create(new TensorProto { StringData = { attribute.S } }, DataType.String),
            { Name: "value_strings" } => Create(
                new TensorProto { Dims = { attribute.Strings.Count }, StringData = { attribute.Strings } },
                DataType.String),
            _ => null,
        };

        StoredTensor Create(TensorProto tensor, DataType type)
        {
            tensor.DataType = (int)type;
            return new StoredTensor(graph, name, tensor, null, true);
        }
    }
}
