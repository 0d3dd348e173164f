using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>An initialiser, dense or sparse.</summary>
/// <param name="Graph">The scope that it is stored in.</param>
/// <param name="Tensor">The numbers; for a sparse tensor, only the nonzero values.</param>
/// <param name="Sparse">The sparse tensor; null if the tensor is dense.</param>
internal sealed record StoredTensor(string Graph, TensorProto Tensor, SparseTensorProto? Sparse)
{
    /// <summary>The shape of the complete tensor.</summary>
    public IReadOnlyList<long> Dimensions => Sparse is null ? Tensor.Dims : Sparse.Dims;

    /// <summary>All initialisers of a model, graph by graph.</summary>
    public static IEnumerable<StoredTensor> Of(ModelProto model)
    {
        foreach (GraphScope scope in GraphScope.Of(model).Where(scope => scope.Graph is not null))
        {
            foreach (TensorProto tensor in scope.Graph!.Initializer)
            {
                yield return new StoredTensor(scope.Name, tensor, null);
            }

            IEnumerable<SparseTensorProto> sparseTensors = scope.Graph.SparseInitializer
                .Where(sparse => sparse.Values is not null);
            foreach (SparseTensorProto sparse in sparseTensors)
            {
                yield return new StoredTensor(scope.Name, sparse.Values, sparse);
            }
        }
    }
}
