using System.Globalization;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Files;

/// <summary>Reads tensors whose bytes are stored in a file beside the model.</summary>
internal static class ExternalData
{
    /// <summary>Reads exactly <paramref name="length"/> bytes.</summary>
    /// <exception cref="FileFormatException">
    /// The file is missing or too short, or is outside the model's folder: a model must not be able to read other
    /// users' files.
    /// </exception>
    public static byte[] Read(string modelPath, TensorProto tensor, long length)
    {
        using FileStream stream = Open(modelPath, tensor, length);
        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Opens the file at the start of the tensor's bytes, after checking that all of them are there.</summary>
    /// <inheritdoc cref="Read"/>
    public static FileStream Open(string modelPath, TensorProto tensor, long length)
    {
        FileInfo file = Find(modelPath, tensor);
        string location = Location(tensor);
        if (!file.Exists)
        {
            throw TensorReader.Damaged(
                modelPath, tensor, $"names external data '{location}', but that file does not exist");
        }

        long offset = Number(modelPath, tensor, "offset") ?? 0;
        long stated = Number(modelPath, tensor, "length") ?? length;
        if (stated != length || offset < 0 || offset > file.Length - length)
        {
            throw TensorReader.Damaged(
                modelPath, tensor, $"needs {length} bytes at offset {offset} of '{location}', which has {file.Length}");
        }

        FileStream stream = file.OpenRead();
        stream.Position = offset;
        return stream;
    }

    /// <summary>The name of the file as stored in the model, relative to the model's folder.</summary>
    public static string Location(TensorProto tensor) => Value(tensor, "location") ?? string.Empty;

    /// <summary>The file that a tensor names, which may not exist.</summary>
    /// <exception cref="FileFormatException">
    /// The file is outside the model's folder, or is reached through a link that may lead outside.
    /// </exception>
    public static FileInfo Find(string modelPath, TensorProto tensor)
    {
        string location = Location(tensor);
        string folder = Path.GetDirectoryName(modelPath)!.TrimEnd(Path.DirectorySeparatorChar);
        string path = location.Contains('\0')
            ? string.Empty
            : Path.GetFullPath(Path.Combine(folder + Path.DirectorySeparatorChar, location));
        if (location.Length == 0 || !path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw TensorReader.Damaged(
                modelPath, tensor, $"names external data '{location}' outside the model's folder");
        }

        for (FileSystemInfo? part = new FileInfo(path);
            part is not null && part.FullName.Length > folder.Length;
            part = Parent(part))
        {
            if (part.LinkTarget is not null)
            {
                throw TensorReader.Damaged(
                    modelPath,
                    tensor,
                    $"names external data '{location}', "
                    + $"but '{part.Name}' is a link that may lead outside the model's folder");
            }
        }

        return new FileInfo(path);
    }

    private static DirectoryInfo? Parent(FileSystemInfo part) =>
        part is FileInfo file ? file.Directory : ((DirectoryInfo)part).Parent;

    private static string? Value(TensorProto tensor, string key) =>
        tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(string modelPath, TensorProto tensor, string key)
    {
        string? text = Value(tensor, key);
        return text is null
            ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw TensorReader.Damaged(
                    modelPath, tensor, $"has the external data {key} '{text}', which is not a number");
    }
}
