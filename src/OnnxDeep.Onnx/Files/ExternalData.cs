using System.Globalization;

using OnnxDeep.IO;
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
        string location = Location(tensor);
        FileStream stream;
        try
        {
            stream = OnnxLayout.OpenFile(Find(modelPath, tensor).FullName);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw TensorReader.Damaged(
                modelPath, tensor, $"names external data '{location}', but that file does not exist");
        }

        try
        {
            long offset = Number(modelPath, tensor, "offset") ?? 0;
            if (!IsWithin(modelPath, tensor, length, stream.Length))
            {
                throw FindForeign(stream) is ForeignFile found
                    ? ModelErrors.Create(ErrorIds.ModelInvalid, modelPath, $"needs {Describe(location, found)}")
                    : TensorReader.Damaged(modelPath, tensor, Describe(tensor, length, stream.Length));
            }

            stream.Position = offset;
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Finds a tensor that is not completely in a file, and describes it as a sentence; null if all of them are.
    /// </summary>
    /// <param name="modelPath">The model.</param>
    /// <param name="file">The file, which exists.</param>
    /// <param name="tensors">The tensors in the file, with the number of bytes of each.</param>
    /// <exception cref="FileFormatException">A position in the file is not a number.</exception>
    public static string? FindProblem(
        string modelPath, FileInfo file, IEnumerable<(TensorProto Tensor, long Length)> tensors)
    {
        foreach ((TensorProto tensor, long length) in tensors)
        {
            if (!IsWithin(modelPath, tensor, length, file.Length))
            {
                using FileStream stream = OnnxLayout.OpenFile(file.FullName);
                return FindForeign(stream) is ForeignFile found
                    ? $"The model needs {Describe(Location(tensor), found)}"
                    : $"The tensor '{tensor.Name}' {Describe(tensor, length, file.Length)}. Copy that file again.";
            }
        }

        return null;
    }

    /// <summary>The name of the file as stored in the model, relative to the model's folder.</summary>
    public static string Location(TensorProto tensor) => Value(tensor, "location") ?? string.Empty;

    /// <summary>Whether a name is an absolute path on any system, which no runtime accepts.</summary>
    public static bool IsAbsolute(string location) => location is ['/' or '\\', ..]
        || (location is [_, ':', '/' or '\\', ..] && char.IsAsciiLetter(location[0]));

    /// <summary>The file that a tensor names, without links; it may not exist.</summary>
    /// <remarks>
    /// Links are followed as the runtime does it. In caches, the model and its data are often links to files of other
    /// names in one folder.
    /// </remarks>
    /// <exception cref="FileFormatException">
    /// The name leads outside the model's folder, or the file is neither in that folder nor in the folder of the file
    /// that the model's path is a link to.
    /// </exception>
    public static FileInfo Find(string modelPath, TensorProto tensor)
    {
        string location = Location(tensor);
        string folder = Path.GetDirectoryName(modelPath)!;
        if (Combine(folder, location) is not string path)
        {
            throw TensorReader.Damaged(
                modelPath, tensor, $"names external data '{location}' outside the model's folder");
        }

        string real = FileTarget.Resolve(path) ?? throw TensorReader.Damaged(
            modelPath, tensor, $"names external data '{location}', which is a link to itself");
        string[] folders = [.. new[] { folder, RealFolder(modelPath) }.OfType<string>()];
        return folders.Any(allowed => FileTarget.IsInside(FileTarget.Resolve(allowed)!, real))
            ? new FileInfo(real)
            : throw TensorReader.Damaged(
                modelPath,
                tensor,
                $"names external data '{location}', but that is a link to '{real}', outside the model's folder");
    }

    /// <summary>Whether a link leads from the model's folder to the file that a tensor names.</summary>
    /// <inheritdoc cref="Find"/>
    public static bool IsBehindLink(string modelPath, TensorProto tensor) => !FileTarget.IsInside(
        FileTarget.Resolve(Path.GetDirectoryName(modelPath)!)!, Find(modelPath, tensor).FullName);

    /// <summary>The path of a file that a model names; null if it is not in the folder.</summary>
    public static string? Combine(string folder, string location)
    {
        if (location.Length == 0 || location.Contains('\0') || IsAbsolute(location))
        {
            return null;
        }

        folder = Path.TrimEndingDirectorySeparator(folder);
        string path = Path.GetFullPath(Path.Combine(folder + Path.DirectorySeparatorChar, location));
        return FileTarget.IsInside(folder, path) && path.Length > folder.Length ? path : null;
    }

    private static bool IsWithin(string modelPath, TensorProto tensor, long length, long fileLength)
    {
        long offset = Number(modelPath, tensor, "offset") ?? 0;
        long stated = Number(modelPath, tensor, "length") ?? length;
        return stated == length && offset >= 0 && offset <= fileLength - length;
    }

    // What is in place of the file.
    private static ForeignFile? FindForeign(FileStream stream) =>
        ForeignFile.Detect(stream) is { IsInPlace: true } found ? found : null;

    private static string Describe(string location, ForeignFile found) =>
        $"the external data '{location}', but that file is {found.What}. {found.DataAdvice}";

    private static string Describe(TensorProto tensor, long length, long fileLength) =>
        $"needs {Quantity.Of(length, "byte")} at offset {Value(tensor, "offset") ?? "0"} of '{Location(tensor)}', "
        + $"which has {fileLength}";

    private static string? RealFolder(string modelPath) =>
        FileTarget.Resolve(modelPath) is string real ? Path.GetDirectoryName(real) : null;

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
