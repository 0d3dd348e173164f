using OnnxDeep.IO;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// Inspects an ONNX file of up to two gigabytes without a runtime. Only the structure is kept in memory; the numbers of
/// tensors stay in the file and are read in pieces on request.
/// </summary>
public sealed class OnnxModelInspector
{
    private readonly OnnxLayout _layout;

    private OnnxModelInspector(OnnxLayout layout, OnnxModelInfo info)
    {
        _layout = layout;
        Info = info;
    }

    /// <summary>The description of the model.</summary>
    public OnnxModelInfo Info { get; }

    /// <summary>Reads a model's structure and checks it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileFormatException">
    /// The file is not ONNX (ModelNotOnnx) or is incomplete (ModelTruncated); its nodes form a cycle (ModelCyclic); or
    /// a tensor does not have the content that it declares, or names a file outside the model's folder (ModelInvalid).
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxModelInspector Open(string path)
    {
        var layout = OnnxLayout.Read(Path.GetFullPath(path));
        return new OnnxModelInspector(layout, ModelDescriber.Describe(layout));
    }

    /// <summary>All nodes in file order: the main graph first, then bodies and functions.</summary>
    public IEnumerable<OnnxNodeInfo> GetNodes()
    {
        foreach (GraphScope scope in GraphScope.Of(_layout.Model))
        {
            for (int i = 0; i < scope.Nodes.Count; i++)
            {
                yield return Describe(scope, i);
            }
        }
    }

    /// <summary>Reads the stored tensors one after another and summarises their content.</summary>
    /// <param name="onError">
    /// Receives the error of a tensor that cannot be read; the next tensors are still read.
    /// </param>
    /// <param name="cancellationToken">Stops the reading within 64 KiB.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<OnnxTensorInfo> Measure(Action<Exception> onError, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onError);
        return StoredTensor.Of(_layout.Model)
            .Select(stored => TryMeasure(stored, onError, cancellationToken))
            .OfType<OnnxTensorInfo>();
    }

    /// <summary>
    /// Computes the digest of the model's operators, attributes and tensors, which its writer stored as
    /// <c>content_sha256</c>, and compares them.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading within 64 KiB.</param>
    /// <returns>The description, with <see cref="OnnxModelInfo.IsVerified"/> set.</returns>
    /// <exception cref="FileFormatException">
    /// The model has no digest (DigestMissing), or another one (DigestMismatch); or a tensor cannot be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public OnnxModelInfo Verify(CancellationToken cancellationToken = default)
    {
        Digests.Check(
            "model",
            Info.Path,
            Info.Metadata.GetValueOrDefault(ModelDigest.Key),
            () => ModelDigest.Compute(_layout, cancellationToken));
        return Info with { IsVerified = true };
    }

    /// <summary>
    /// Counts the parameters of the complete model, as <see cref="OnnxModelInfo.Parameters"/> does, and those outside
    /// its dense layers.
    /// </summary>
    /// <exception cref="FileFormatException">A tensor's shape does not fit into any memory.</exception>
    public SummaryTotal CountParameters()
    {
        ModelParameters all = ModelParameters.OfModel(_layout.Path, _layout.Model);
        long dense = new DenseFinder(_layout.Model.Graph).Find()
            .SelectMany(site => site.Stored)
            .Distinct(ReferenceEqualityComparer.Instance)
            .Cast<TensorProto>()
            .Sum(tensor => ModelParameters.Of(_layout.Path, tensor).Count);
        return new SummaryTotal(all.Count, all.Bytes, all.Count - dense);
    }

    /// <summary>The graph as a text tree, or null if it has too many nodes to be readable.</summary>
    /// <param name="mostNodes">The maximum number of nodes.</param>
    public string? FormatTree(int mostNodes) => Info.Nodes > mostNodes ? null : ModelTree.Format(_layout.Model, Info);

    /// <summary>
    /// The nodes as text, by the first value that each computes; the names of values in bodies are prefixed with the
    /// body.
    /// </summary>
    internal IEnumerable<(string Name, string Text)> DescribeNodes(CancellationToken cancellationToken)
    {
        foreach (GraphScope scope in GraphScope.Of(_layout.Model))
        {
            foreach (NodeProto node in scope.Nodes.Where(node => node.Output.Count > 0))
            {
                string name = scope.Name.Length > 0 ? $"{scope.Name}/{node.Output[0]}" : node.Output[0];
                yield return (name, ModelText.Node(_layout, node, cancellationToken));
            }
        }
    }

    private OnnxNodeInfo Describe(GraphScope scope, int index)
    {
        NodeProto node = scope.Nodes[index];
        var attributes = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (AttributeProto attribute in node.Attribute)
        {
            attributes[attribute.Name] = ModelText.Attribute(attribute);
        }

        return new OnnxNodeInfo
        {
            Model = Info.Name,
            Graph = scope.Name,
            Index = index,
            Name = node.Name,
            Operator = node.OpType,
            Domain = OnnxNames.NormalizeDomain(node.Domain),
            Inputs = [.. node.Input],
            Outputs = [.. node.Output],
            Attributes = attributes,
        };
    }

    private OnnxTensorInfo? TryMeasure(
        StoredTensor stored, Action<Exception> onError, CancellationToken cancellationToken)
    {
        TensorProto tensor = stored.Tensor;
        var summary = new NumberSummary((DataType)tensor.DataType);
        try
        {
            string? hash = TensorStorage.Measure(_layout, tensor, summary, cancellationToken);
            return new OnnxTensorInfo
            {
                Model = Info.Name,
                Graph = stored.Graph,
                Name = stored.Name,
                Type = ElementTypes.Name(tensor.DataType),
                Dimensions = [.. stored.Dimensions],
                IsSparse = stored.Sparse is not null,
                IsConstant = stored.IsConstant,
                Elements = TensorStorage.Count(_layout.Path, tensor),
                Size = TensorStorage.Size(_layout.Path, tensor),
                ExternalFile = TensorStorage.IsExternal(tensor) ? ExternalData.Location(tensor) : null,
                Min = summary.Minimum,
                Max = summary.Maximum,
                Mean = summary.Mean,
                NaNs = summary.NotNumbers,
                Sha256 = hash,
            };
        }
        catch (Exception e) when (e is FileFormatException or IOException or UnauthorizedAccessException)
        {
            onError(e);
            return null;
        }
    }
}
