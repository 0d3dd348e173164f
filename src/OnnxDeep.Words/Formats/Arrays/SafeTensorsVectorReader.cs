using OnnxDeep.IO;
using OnnxDeep.Words.Formats.Archives;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Opens safetensors files: this module's tables, and models that contain a matrix of vectors.</summary>
internal static class SafeTensorsVectorReader
{
    private const string TableFormatStart = "onnxdeep-word-vectors/";
    private const string WeightEnding = ".weight";

    private static readonly string[] s_names = ["vectors", "embeddings", "embedding", "weight"];

    /// <summary>Reads the header; a file of another program needs a word list.</summary>
    /// <param name="path">The path of a file on disk.</param>
    /// <param name="stream">The file; closed, since both readers need random access.</param>
    /// <param name="options">The name of the tensor and the path of the list.</param>
    /// <param name="files">Opens the files.</param>
    /// <exception cref="FileFormatException">
    /// There is no tensor of vectors, there are several, or there is no list.
    /// </exception>
    public static IVectorReader Open(string path, SourceStream stream, ImportOptions options, SourceFiles files)
    {
        stream.Dispose();
        FileStream file = files.Open(path);
        try
        {
            SafeTensorsHeader header = SafeTensorsHeader.Read(file, path);
            if (header.Metadata.TryGetValue(WordVectorTableNames.FormatKey, out string? format)
                && format.StartsWith(TableFormatStart, StringComparison.Ordinal))
            {
                long length = file.Length;
                file.Dispose();
                return new TableVectorReader(WordVectorTable.OpenBusy(path), header, length);
            }

            return OpenTensor(path, file, Choose(path, header, options.Entry), options, files);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static ListedVectorReader OpenTensor(
        string path, FileStream file, SafeTensorsHeader.Entry tensor, ImportOptions options, SourceFiles files)
    {
        (long rows, long dimensions) = (tensor.Shape[0], tensor.Shape[1]);
        if (rows is 0 or > SourceLimits.Rows || dimensions is 0 or > SourceLimits.Dimensions)
        {
            throw new FileFormatException(
                path,
                tensor.Offset,
                FormattableString.Invariant($"1 to {SourceLimits.Rows:N0} rows ")
                + FormattableString.Invariant($"and {SourceLimits.Dimensions:N0} dimensions, ")
                + FormattableString.Invariant($"found [{rows}, {dimensions}]"));
        }

        file.Position = tensor.Offset;
        var matrix = new FloatRows(
            new SourceReader(file, path),
            FloatType.FromSafeTensors(tensor.DataType)!.Value,
            rows,
            (int)dimensions,
            tensor.Offset);
        return new ListedVectorReader(
            "safetensors",
            path,
            matrix,
            WordList.Open(path, options, files),
            file,
            () => file.Position - tensor.Offset,
            tensor.Length);
    }

    private static SafeTensorsHeader.Entry Choose(string path, SafeTensorsHeader header, string? entry)
    {
        SafeTensorsHeader.Entry[] matrices =
        [
            .. header.Tensors.Values
                .Where(tensor => tensor.Shape.Length == 2 && FloatType.FromSafeTensors(tensor.DataType) is not null)
                .OrderBy(tensor => tensor.Name, StringComparer.Ordinal),
        ];
        if (matrices.Length == 0)
        {
            throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                path,
                8,
                "a tensor [rows, dimensions] of type F16, BF16, F32 or F64, found none",
                "Check that this is the right file.");
        }

        SafeTensorsHeader.Entry[] found = entry is not null
            ? Array.FindAll(matrices, tensor => tensor.Name == entry)
            : matrices.Length == 1 ? matrices : Likely(matrices);
        return found.Length == 1
            ? found[0]
            : throw ArchiveName.Ambiguous(path, "tensor", [.. matrices.Select(tensor => tensor.Name)], entry);
    }

    private static SafeTensorsHeader.Entry[] Likely(SafeTensorsHeader.Entry[] matrices)
    {
        SafeTensorsHeader.Entry? named = s_names
            .Select(name => Array.Find(matrices, tensor => tensor.Name == name))
            .FirstOrDefault(tensor => tensor is not null);
        return named is not null
            ? [named]
            : Array.FindAll(matrices, tensor => tensor.Name.EndsWith(WeightEnding, StringComparison.Ordinal));
    }
}
