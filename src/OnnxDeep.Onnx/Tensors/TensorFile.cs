using System.IO.Compression;

using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Reads files of ONNX values.</summary>
public static class TensorFile
{
    private const string ArrayEnding = ".npy";
    private const int MostPacking = 1100;

    /// <summary>Reads a message of one value, the format of ONNX test data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">
    /// The kind of message, which the bytes do not show: the kind of the model's input or output.
    /// </param>
    /// <exception cref="FileFormatException">The file is not such a message, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxValue ReadProto(string path, OnnxTypeKind kind = OnnxTypeKind.Tensor) =>
        ReadProto(path, kind, CancellationToken.None);

    private static OnnxValue ReadProto(string path, OnnxTypeKind kind, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var reader = new ProtoValueReader(path);
        using CancellableStream stream = Open(path, cancellationToken);
        return kind switch
        {
            OnnxTypeKind.Sequence => reader.Read(Parse(SequenceProto.Parser, stream, path)),
            OnnxTypeKind.Map => reader.Read(Parse(MapProto.Parser, stream, path)),
            OnnxTypeKind.Optional => reader.Read(Parse(OptionalProto.Parser, stream, path)),
            _ => reader.Read(Parse(TensorProto.Parser, stream, path)),
        };
    }

    /// <summary>
    /// Reads every tensor of a file, whose format is given by its extension: .pb, .npy, .npz or .csv.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The kind of message in a .pb file.</param>
    /// <param name="format">How a .csv file is read.</param>
    /// <exception cref="FileFormatException">The file has none of these formats, or is incomplete.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<OnnxValue> Read(string path, OnnxTypeKind kind, TextTableFormat format) =>
        Read(path, kind, format, CancellationToken.None);

    /// <summary>Reads every tensor of a file, unless the token is cancelled first.</summary>
    /// <inheritdoc cref="Read(string, OnnxTypeKind, TextTableFormat)"/>
    internal static IEnumerable<OnnxValue> Read(
        string path, OnnxTypeKind kind, TextTableFormat format, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        FileTarget.Find(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".pb" => [ReadProto(path, kind, cancellationToken)],
            ".npy" => ReadNpyArrays(path, cancellationToken),
            ".npz" => ReadNpz(path, cancellationToken),
            ".csv" => [ReadCsv(path, format, cancellationToken)],
            _ => throw Error(
                ErrorIds.TensorUnsupported, path, "does not end in .pb, .npy, .npz or .csv. Use one of these formats."),
        };
    }

    /// <summary>Reads a NumPy array, the first one if the file contains several.</summary>
    /// <exception cref="FileFormatException">The file is not such an array, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxTensor ReadNpy(string path)
    {
        using FileStream stream = InputFile.Open(path);
        return NpyTensorReader.Read(new SourceReader(stream, path), stream.Length, string.Empty);
    }

    /// <summary>Reads the arrays of a NumPy archive, with their names.</summary>
    /// <exception cref="FileFormatException">The file is not such an archive, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<OnnxTensor> ReadNpz(string path) => ReadNpz(path, CancellationToken.None);

    private static IEnumerable<OnnxTensor> ReadNpz(string path, CancellationToken cancellationToken)
    {
        using CancellableStream stream = Open(path, cancellationToken);
        using ZipArchive archive = OpenZip(stream, path);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (entry.FullName.EndsWith(ArrayEnding, StringComparison.Ordinal))
            {
                using Stream array = entry.Open();

                // An entry states its own size, but no compression can exceed this ratio.
                long most = Math.Min(entry.Length, entry.CompressedLength * MostPacking);
                yield return NpyTensorReader.Read(
                    new SourceReader(array, path), most, entry.FullName[..^ArrayEnding.Length]);
            }
        }
    }

    // numpy.save can append arrays to an open file.
    private static IEnumerable<OnnxTensor> ReadNpyArrays(string path, CancellationToken cancellationToken)
    {
        using CancellableStream stream = Open(path, cancellationToken);
        var reader = new SourceReader(stream, path);
        do
        {
            yield return NpyTensorReader.Read(reader, stream.Length, string.Empty);
        }
        while (!reader.IsAtEnd);
    }

    /// <summary>The name for such files in errors.</summary>
    internal const string Kind = "tensor file";

    /// <summary>Creates the error for a tensor file.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="problem">The rest of the message, starting with the verb.</param>
    /// <param name="cause">The error of another reader; may be null.</param>
    internal static FileFormatException Error(string errorId, string path, string problem, Exception? cause = null) =>
        new(errorId, Kind, path, problem, cause);

    private static CancellableStream Open(string path, CancellationToken cancellationToken) =>
        new(InputFile.Open(path), cancellationToken);

    // A text that is not a table would be read as one of a single column.
    private static OnnxTensor ReadCsv(
        string path, TextTableFormat format, CancellationToken cancellationToken)
    {
        using (Stream stream = Open(path, cancellationToken))
        {
            if (stream.Length > 0 && ForeignFile.Detect(stream) is ForeignFile found)
            {
                throw Foreign(path, found);
            }
        }

        return CsvTensorReader.Read(path, format, cancellationToken);
    }

    private static FileFormatException Foreign(string path, ForeignFile found) => Error(
        ErrorIds.TensorUnsupported, path, $"cannot be read: it is {found.What}. {found.DataAdvice}");

    private static ZipArchive OpenZip(Stream stream, string path)
    {
        if (ForeignFile.Detect(stream) is ForeignFile { Kind: not ForeignKind.Archive } found)
        {
            throw Foreign(path, found);
        }

        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw Error(
                ErrorIds.TensorTruncated, path, "is not a NumPy archive, or is incomplete. Save it again.", e);
        }
    }

    private static T Parse<T>(MessageParser<T> parser, Stream stream, string path)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            stream.Position = 0;
            throw ForeignFile.Detect(stream) is ForeignFile found ? Foreign(path, found) : Error(
                ErrorIds.TensorTruncated,
                path,
                $"ends too early or is not a {typeof(T).Name} ({Quantity.Of(stream.Length, "byte")}). "
                + "Copy or write it again.",
                e);
        }
    }
}
