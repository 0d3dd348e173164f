using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Files;

/// <summary>
/// A model without its weights: everything in an ONNX file except the numbers of large tensors, of which only the
/// positions are kept. A model of two gigabytes takes only as much memory as its graph.
/// </summary>
internal sealed class OnnxLayout
{
    private readonly IReadOnlyList<OnnxPayload> _payloads;

    private readonly OpenedFiles? _file;

    private OnnxLayout(
        string path, long length, OpenedFiles? file, ModelProto model, IReadOnlyList<OnnxPayload> payloads)
    {
        Path = path;
        Length = length;
        _file = file;
        Model = model;
        _payloads = payloads;
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The size of the file, in bytes.</summary>
    public long Length { get; }

    /// <summary>The model; tensors with a payload have neither raw nor typed data.</summary>
    public ModelProto Model { get; }

    /// <summary>Reads a file and closes it.</summary>
    /// <param name="path">The model.</param>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static OnnxLayout Read(string path)
    {
        using FileStream stream = OpenFile(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">Seekable and at its start; not closed.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    public static OnnxLayout Read(Stream stream, string path)
    {
        OpenedFiles? file = stream is FileStream opened ? OpenedFiles.Of(path, opened) : null;
        var walker = new OnnxWalker(stream, path);
        ModelProto model = Parse(() => ModelProto.Parser.ParseFrom(walker.Walk()), path, walker.Damaged);
        return new OnnxLayout(path, stream.Length, file, model, walker.Payloads);
    }

    /// <summary>A model in memory, with the numbers of all tensors.</summary>
    public static OnnxLayout Of(ModelProto model) => new(string.Empty, 0, null, model, []);

    /// <summary>Reads a file with its weights.</summary>
    /// <param name="path">The model; up to two gigabytes.</param>
    /// <exception cref="FileFormatException">The model, at most two gigabytes.</exception>
    /// <exception cref="IOException">The file is not ONNX, or is incomplete.</exception>
    public static ModelProto ReadWhole(string path)
    {
        using FileStream stream = OpenFile(path);
        Span<byte> start = stackalloc byte[2];
        bool looksLikeOnnx = ModelErrors.LooksLikeOnnx(
            start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        stream.Position = 0;
        ForeignFile? found = ForeignFile.Detect(stream);
        return Parse(
            () => ModelProto.Parser.ParseFrom(stream),
            path,
            cause => looksLikeOnnx && found is null
                ? ModelErrors.Truncated(path, Quantity.Of(stream.Length, "byte"), cause)
                : ModelErrors.NotOnnx(path, found, cause));
    }

    /// <summary>
    /// The position of a tensor's numbers in the file; null if the tensor itself or an external file holds them.
    /// </summary>
    public OnnxPayload? Payload(TensorProto tensor) =>
        tensor.HasPayload && tensor.Payload < _payloads.Count ? _payloads[(int)tensor.Payload] : null;

    /// <summary>A tensor's raw data, wherever it is stored.</summary>
    /// <param name="tensor">A tensor of this model.</param>
    /// <param name="length">The expected number of bytes.</param>
    /// <returns>Empty if the tensor has typed data, or another number of bytes.</returns>
    public ReadOnlySpan<byte> ReadRaw(TensorProto tensor, long length)
    {
        if (Payload(tensor) is not OnnxPayload payload)
        {
            return tensor.RawData.Length == length ? tensor.RawData.Span : [];
        }

        if (payload.Field != TensorProto.RawDataFieldNumber || payload.Length != length || length > Array.MaxLength)
        {
            return [];
        }

        byte[] bytes = new byte[length];
        using FileStream stream = Reopen(payload.Offset);
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Opens the file again to read a payload.</summary>
    /// <param name="offset">The position of the stream, from the start of the file.</param>
    /// <exception cref="OnnxDeepException">The file was replaced or changed since it was read.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FileStream Reopen(long offset)
    {
        FileStream stream = OpenFile(Path);
        if (_file is not null && FileIdentity.Of(stream) != _file.Files[0].Identity)
        {
            stream.Dispose();
            throw OpenedFiles.Changed(Path);
        }

        stream.Position = offset;
        return stream;
    }

    /// <summary>Opens a model for reading; meanwhile it can be replaced by renaming another file over it.</summary>
    /// <exception cref="OnnxDeepException">The path leads to a pipe, a device or a socket.</exception>
    public static FileStream OpenFile(string path) => InputFile.Open(path, bufferSize: 0);

    private static ModelProto Parse(
        Func<ModelProto> parse, string path, Func<Exception?, FileFormatException> createError)
    {
        ModelProto model;
        try
        {
            model = parse();
        }
        catch (InvalidProtocolBufferException e)
        {
            throw ModelErrors.IsNotText(e) ? ModelErrors.NotText(path, e) : createError(e);
        }

        // A file without operator sets may still be whole: old writers left them out, and so do some tools. Without a
        // single node, input or tensor as well, it is a fragment or another kind of file.
        bool isModel = model.Graph is GraphProto graph
            && (model.OpsetImport.Count > 0
                || graph.Node.Count + graph.Initializer.Count + graph.Input.Count + graph.Output.Count > 0);
        return isModel ? model : throw createError(null);
    }
}

/// <summary>The position of a tensor's numbers that were left in the model's file.</summary>
/// <param name="Field">The field of TensorProto that holds them: raw_data, float_data or double_data.</param>
/// <param name="Offset">The offset from the start of the file, in bytes.</param>
/// <param name="Length">The length in bytes; little endian, without gaps.</param>
internal readonly record struct OnnxPayload(int Field, long Offset, long Length);
