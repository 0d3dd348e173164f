using Google.Protobuf;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Files;

/// <summary>
/// Copies a model at the level of protobuf, field by field, without the numbers of large tensors. Unknown fields are
/// copied unchanged.
/// </summary>
internal sealed class OnnxWalker
{
    private const int SmallBytes = 1 << 10;

    // The parser itself allows 100 nested messages.
    private const int MostLevels = 90;

    // The maximum size of a model without its weights; strings and attributes take a few megabytes at most.
    private const int MostBytes = 1 << 29;

    private readonly ProtoSource _source;
    private readonly ProtoOutput _output = new();
    private readonly List<OnnxPayload> _payloads = [];

    /// <summary>Creates a walker at the start of a stream.</summary>
    /// <param name="stream">Seekable; not closed.</param>
    /// <param name="path">The file's name in errors.</param>
    public OnnxWalker(Stream stream, string path) => _source = new ProtoSource(stream, path);

    /// <summary>The numbers that were skipped.</summary>
    public IReadOnlyList<OnnxPayload> Payloads => _payloads;

    /// <summary>
    /// Copies the model without the numbers; each tensor is marked with the index of its entry in
    /// <see cref="Payloads"/>.
    /// </summary>
    /// <exception cref="FileFormatException">The bytes are not properly nested fields.</exception>
    public CodedInputStream Walk()
    {
        Walk(Message.Model, _source.Length, 0);
        return _output.ToInput();
    }

    /// <summary>Creates the error for a file that is not a model.</summary>
    public FileFormatException Damaged(Exception? cause) => _source.Damaged(cause);

    private static Message Child(Message parent, int field) => (parent, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 20) => Message.Training,
        (Message.Model, 25) => Message.Function,
        (Message.Training, 1 or 2) => Message.Graph,
        (Message.Function, 7) => Message.Node,
        (Message.Function, 11) => Message.Attribute,
        (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 15) => Message.SparseTensor,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.SparseTensor, 1 or 2) => Message.Tensor,
        _ => Message.Other,
    };

    private void Walk(Message message, long end, int level)
    {
        if (level > MostLevels)
        {
            throw _source.Damaged(null);
        }

        int? payload = null;
        while (_source.Position < end)
        {
            uint tag = _source.ReadTag();
            int field = (int)(tag >> 3);
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint:
                    ulong value = _source.ReadVarint();
                    if (message != Message.Tensor || field != TensorProto.PayloadFieldNumber)
                    {
                        _output.WriteVarint(tag);
                        _output.WriteVarint(value);
                    }

                    break;
                case WireFormat.WireType.Fixed64:
                    Copy(tag, sizeof(ulong), end);
                    break;
                case WireFormat.WireType.Fixed32:
                    Copy(tag, sizeof(uint), end);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    payload = WalkBytes(message, tag, end, level) ?? payload;
                    break;
                default:
                    throw _source.Damaged(null);
            }
        }

        // A number began inside this message and ended outside.
        if (_source.Position > end)
        {
            throw _source.Damaged(null);
        }

        if (payload is int index)
        {
            _output.WriteVarint(WireFormat.MakeTag(TensorProto.PayloadFieldNumber, WireFormat.WireType.Varint));
            _output.WriteVarint((ulong)index);
        }
    }

    // The index of the payload, if the bytes are one.
    private int? WalkBytes(Message message, uint tag, long end, int level)
    {
        int field = (int)(tag >> 3);
        ulong size = _source.ReadVarint();
        if (_source.Position > end || size > (ulong)(end - _source.Position))
        {
            throw _source.Damaged(null);
        }

        long length = (long)size;
        Message child = Child(message, field);
        bool isNumbers = message == Message.Tensor
            && field is TensorProto.RawDataFieldNumber
                or TensorProto.FloatDataFieldNumber
                or TensorProto.DoubleDataFieldNumber;
        if (isNumbers && length > SmallBytes)
        {
            _payloads.Add(new OnnxPayload(field, _source.Position, length));
            _source.Skip(length);
            return _payloads.Count - 1;
        }

        if (child == Message.Other)
        {
            CheckRoom(length);
            _output.WriteVarint(tag);
            _output.WriteVarint(size);
            _source.CopyTo(_output, (int)length);
            return null;
        }

        CheckRoom(0);
        _output.WriteVarint(tag);
        int place = _output.BeginLength();
        Walk(child, _source.Position + length, level + 1);
        _output.EndLength(place);
        return null;
    }

    private void Copy(uint tag, int length, long end)
    {
        if (length > end - _source.Position)
        {
            throw _source.Damaged(null);
        }

        CheckRoom(length);
        _output.WriteVarint(tag);
        _source.CopyTo(_output, length);
    }

    private void CheckRoom(long length)
    {
        if (length > MostBytes - _output.Length)
        {
            throw ModelErrors.Create(
                ErrorIds.ModelInvalid,
                _source.Path,
                $"has more than {MostBytes >> 20} MB besides its tensors' numbers. Export its weights as raw data.");
        }
    }

    /// <summary>The protobuf messages between a model and its tensors.</summary>
    private enum Message
    {
        /// <summary>A message that contains no tensors of numbers.</summary>
        Other,

        /// <summary>ModelProto.</summary>
        Model,

        /// <summary>TrainingInfoProto.</summary>
        Training,

        /// <summary>FunctionProto.</summary>
        Function,

        /// <summary>GraphProto.</summary>
        Graph,

        /// <summary>NodeProto.</summary>
        Node,

        /// <summary>AttributeProto.</summary>
        Attribute,

        /// <summary>SparseTensorProto.</summary>
        SparseTensor,

        /// <summary>TensorProto.</summary>
        Tensor,
    }
}
