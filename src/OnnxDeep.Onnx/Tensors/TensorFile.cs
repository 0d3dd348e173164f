using System.IO.Compression;

using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Files of ONNX values.</summary>
public static class TensorFile
{
    private const string ArrayEnding = ".npy";
    private const int MostPacking = 1100;

    /// <summary>Reads a message of one value, as ONNX test data are stored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">
    /// Which message it is, which the bytes do not tell: what the model's input or output is.
    /// </param>
    /// <exception cref="FileFormatException">The file is no such message, or not all of it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxValue ReadProto(string path, OnnxTypeKind kind = OnnxTypeKind.Tensor)
    {
        path = Path.GetFullPath(path);
        var reader = new ProtoValueReader(path);
        using FileStream stream = File.OpenRead(path);
        return kind switch
        {
            OnnxTypeKind.Sequence => reader.Read(Parse(SequenceProto.Parser, stream, path)),
            OnnxTypeKind.Map => reader.Read(Parse(MapProto.Parser, stream, path)),
            OnnxTypeKind.Optional => reader.Read(Parse(OptionalProto.Parser, stream, path)),
            _ => reader.Read(Parse(TensorProto.Parser, stream, path)),
        };
    }

    /// <summary>Reads every tensor of a file, told by its ending: .pb, .npy, .npz or .csv.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The message of a .pb file.</param>
    /// <param name="elementType">The elements of a .csv file, which does not tell them.</param>
    /// <exception cref="FileFormatException">The file is none of these, or not all of it.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<OnnxValue> Read(string path, OnnxTypeKind kind, OnnxElementType elementType)
    {
        path = Path.GetFullPath(path);
        FileTarget.Find(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".pb" => [ReadProto(path, kind)],
            ".npy" => [ReadNpy(path)],
            ".npz" => ReadNpz(path),
            ".csv" => [CsvTensorReader.Read(path, elementType)],
            _ => throw Error(
                ErrorIds.TensorUnsupported, path, "does not end in .pb, .npy, .npz or .csv. Name such a file."),
        };
    }

    /// <summary>Reads a NumPy array.</summary>
    /// <exception cref="FileFormatException">The file is no such array, or not all of it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxTensor ReadNpy(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return NpyTensorReader.Read(stream, path, stream.Length, string.Empty);
    }

    /// <summary>Reads the arrays of a NumPy archive, named as they are there.</summary>
    /// <exception cref="FileFormatException">The file is no such archive, or not all of it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<OnnxTensor> ReadNpz(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using ZipArchive archive = OpenZip(stream, path);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (entry.FullName.EndsWith(ArrayEnding, StringComparison.Ordinal))
            {
                using Stream array = entry.Open();

                // An entry states its own size; no packing makes it more than so many times smaller.
                long most = Math.Min(entry.Length, entry.CompressedLength * MostPacking);
                yield return NpyTensorReader.Read(array, path, most, entry.FullName[..^ArrayEnding.Length]);
            }
        }
    }

    /// <summary>What such files are called in errors.</summary>
    internal const string Kind = "tensor file";

    /// <summary>Creates the error for a tensor file.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="problem">The rest of the message, from the verb on.</param>
    /// <param name="cause">Another reader's error; may be null.</param>
    internal static FileFormatException Error(string errorId, string path, string problem, Exception? cause = null) =>
        new(errorId, Kind, path, problem, cause);

    private static ZipArchive OpenZip(FileStream stream, string path)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw Error(
                ErrorIds.TensorTruncated, path, "is no NumPy archive, or not all of it. Save it again.", e);
        }
    }

    private static T Parse<T>(MessageParser<T> parser, FileStream stream, string path)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Error(
                ErrorIds.TensorTruncated,
                path,
                $"ends too early or is no {typeof(T).Name} ({stream.Length} bytes). Copy or write it again.",
                e);
        }
    }
}
