using System.Buffers.Binary;
using System.Security.Cryptography;

using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Content;

/// <summary>
/// The digest of what a model computes: its inputs and outputs, its operators with their attributes, and its stored
/// tensors. It does not depend on metadata and descriptions, nor on how and where a tensor's numbers are stored.
/// </summary>
internal sealed class ModelDigest : IDisposable
{
    /// <summary>The key of the digest in a model's metadata.</summary>
    public const string Key = "content_sha256";

    private readonly OnnxLayout _layout;
    private readonly CancellationToken _cancellationToken;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ModelDigest(OnnxLayout layout, CancellationToken cancellationToken)
    {
        _layout = layout;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Computes the digest of a model.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="cancellationToken">Cancels the reading within 64 KiB.</param>
    /// <returns>SHA-256, in hex.</returns>
    /// <exception cref="FileFormatException">A tensor does not have the content that it declares.</exception>
    /// <exception cref="OnnxDeepException">The file was replaced or changed since the layout was read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Compute(OnnxLayout layout, CancellationToken cancellationToken = default)
    {
        using var digest = new ModelDigest(layout, cancellationToken);
        digest.AddModel();
        return Convert.ToHexStringLower(digest._hash.GetHashAndReset());
    }

    /// <summary>Stores the digest of a model in its metadata.</summary>
    /// <param name="model">The model, with the numbers of all tensors.</param>
    public static void Store(ModelProto model)
    {
        foreach (StringStringEntryProto old in model.MetadataProps.Where(entry => entry.Key == Key).ToArray())
        {
            model.MetadataProps.Remove(old);
        }

        model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = Compute(OnnxLayout.Of(model)) });
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void AddModel()
    {
        foreach (OperatorSetIdProto set in _layout.Model.OpsetImport)
        {
            Add(OnnxNames.NormalizeDomain(set.Domain));
            Add(set.Version);
        }

        foreach (GraphScope scope in GraphScope.Of(_layout.Model))
        {
            Add(scope.Name);
            AddAll([.. scope.Graph?.Input ?? []], Add);
            AddAll([.. scope.Graph?.Output ?? []], Add);
            AddAll(scope.Nodes, Add);
        }

        foreach (TensorProto tensor in TensorContent.FindAll(_layout.Model))
        {
            Add(tensor.Name);
            Add(tensor.DataType);
            AddAll([.. tensor.Dims], Add);
            Add(TensorStorage.Measure(_layout, tensor, null, _cancellationToken) ?? string.Empty);
        }
    }

    private void Add(ValueInfoProto value)
    {
        Add(value.Name);
        Add(value.Type?.ToByteArray() ?? []);
    }

    private void Add(NodeProto node)
    {
        Add(OnnxNames.NormalizeDomain(node.Domain));
        Add(node.OpType);
        AddAll([.. node.Input], Add);
        AddAll([.. node.Output], Add);

        AddAll([.. node.Attribute.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)], Add);
    }

    // Tensors and graphs in attributes are added on their own.
    private void Add(AttributeProto attribute) => Add(new AttributeProto
    {
        Name = attribute.Name,
        Type = attribute.Type,
        RefAttrName = attribute.RefAttrName,
        F = attribute.F,
        I = attribute.I,
        S = attribute.S,
        Tp = attribute.Tp,
        Floats = { attribute.Floats },
        Ints = { attribute.Ints },
        Strings = { attribute.Strings },
        TypeProtos = { attribute.TypeProtos },
    }.ToByteArray());

    private void AddAll<T>(IReadOnlyList<T> items, Action<T> add)
    {
        Add(items.Count);
        foreach (T item in items)
        {
            add(item);
        }
    }

    private void Add(string text) => Add(System.Text.Encoding.UTF8.GetBytes(text));

    // With the length before the bytes, no two models give the same sequence.
    private void Add(byte[] bytes)
    {
        Add(bytes.LongLength);
        _hash.AppendData(bytes);
    }

    private void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
