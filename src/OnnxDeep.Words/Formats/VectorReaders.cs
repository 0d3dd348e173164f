using OnnxDeep.IO;
using OnnxDeep.Words.Formats.Archives;
using OnnxDeep.Words.Formats.Arrays;
using OnnxDeep.Words.Formats.Embeddings;
using OnnxDeep.Words.Formats.FastText;
using OnnxDeep.Words.Formats.Spacy;
using OnnxDeep.Words.Formats.Text;

namespace OnnxDeep.Words.Formats;

/// <summary>Finds the reader for a source from its content.</summary>
internal static class VectorReaders
{
    private const string Formats =
        "spaCy, GloVe, word2vec, fastText, safetensors, NumPy or ONNX vectors";

    /// <summary>Opens a file or folder and reads its header.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="options">The entry, encoding and word list.</param>
    /// <param name="files">Opens the files.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FileFormatException">The source is not in a supported format.</exception>
    public static IVectorReader Open(string path, ImportOptions options, SourceFiles files)
    {
        if (Directory.Exists(path))
        {
            return SpacyReader.Open(new FolderMembers(path, files));
        }

        SourceStream stream = SourceStream.Open(path, files);
        try
        {
            CheckKind(path, stream.Prefix);
            switch (VectorFormats.Detect(stream.Prefix))
            {
                case VectorFormat.Zip:
                    stream.Dispose();
                    return OpenZip(path, options, files);
                case VectorFormat.Tar:
                    stream.Dispose();
                    return OpenTar(path, options, files);
                case VectorFormat.Gzip:
                    stream.Dispose();
                    stream = SourceStream.OpenGzip(path, files);
                    if (VectorFormats.Detect(stream.Prefix) == VectorFormat.Tar)
                    {
                        stream.Dispose();
                        return OpenTar(path, options, files);
                    }

                    break;
            }

            return Open(path, stream, options, files);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static IVectorReader OpenZip(string path, ImportOptions options, SourceFiles files)
    {
        ZipMembers members = ZipMembers.OpenArchive(path, files);
        return options.Entry is null && SpacyReader.IsIn(members)
            ? SpacyReader.Open(members)
            : OpenAlone(members, members.OpenAlone, options, files);
    }

    // A tape archive is a spaCy model if it looks like one, even without vectors, and the user does not name a file.
    private static IVectorReader OpenTar(string path, ImportOptions options, SourceFiles files)
    {
        TarMembers members = TarMembers.OpenArchive(path, files);
        return options.Entry is null && (SpacyReader.IsIn(members) || SpacyReader.IsLike(members))
            ? SpacyReader.Open(members)
            : OpenAlone(members, members.OpenAlone, options, files);
    }

    private static IVectorReader OpenAlone(
        IModelMembers members, Func<string, SourceStream> open, ImportOptions options, SourceFiles files)
    {
        SourceStream? stream = null;
        try
        {
            string name = ArchiveName.Choose(members.Path, members.Names, options.Entry);
            stream = open(name);
            return Open($"{members.Path}!{name}", stream, options, files);
        }
        catch
        {
            stream?.Dispose();
            members.Dispose();
            throw;
        }
    }

    private static IVectorReader Open(string path, SourceStream stream, ImportOptions options, SourceFiles files)
    {
        CheckKind(path, stream.Prefix);
        switch (VectorFormats.Detect(stream.Prefix))
        {
            case VectorFormat.Text:
            case VectorFormat.Unknown when WideText.IsWide(options.Encoding) && stream.Prefix.Length > 0:
                return TextVectorReader.Open(path, stream, options);
            case VectorFormat.Word2VecBinary:
                return new Word2VecBinaryReader(path, stream);
            case VectorFormat.FastText:
                return FastTextReader.Open(path, stream, files);
            case VectorFormat.Npy:
                return NpyFile.OpenVectors(path, stream, options, files);
            case VectorFormat.SafeTensors when !stream.IsPacked:
                return SafeTensorsVectorReader.Open(path, stream, options, files);
            case VectorFormat.Onnx when !stream.IsPacked:
                return OnnxEmbeddingReader.Open(path, stream, options, files);
            case VectorFormat.SafeTensors or VectorFormat.Onnx:
                throw Unreadable(
                    path, $"{Formats}, the last three uncompressed", "Unpack the file and import its content.");
            case VectorFormat.Zip or VectorFormat.Gzip or VectorFormat.Tar:
                throw new FileFormatException(
                    ErrorIds.VectorsArchiveUnsafe,
                    path,
                    0,
                    "vectors, found an archive inside an archive",
                    "Unpack the outer archive and import its content.");
            case VectorFormat.OtherArchive:
                throw Unreadable(
                    path, $"{Formats}, plain or in .gz, .zip or .tar", "Unpack the file and import its content.");
            case VectorFormat.Pickle:
                throw new FileFormatException(
                    ErrorIds.VectorsNeedPickle,
                    path,
                    0,
                    $"{Formats}, found a Python pickle, which runs code when it is read",
                    "Save the vectors as word2vec text, NumPy or safetensors in Python, and import that file.");
            default:
                throw Unreadable(path, Formats, "Check that this is the right file.");
        }
    }

    // What is in place of vectors may read like text or an archive of them.
    private static void CheckKind(string path, ReadOnlySpan<byte> prefix)
    {
        VectorFormat format = VectorFormats.Detect(prefix);
        if (format is VectorFormat.Text or VectorFormat.Unknown or VectorFormat.OtherArchive or VectorFormat.Zip
            && ForeignFile.Detect(prefix) is ForeignFile found
            && (format != VectorFormat.Zip || found.Kind == ForeignKind.Pickle))
        {
            throw new FileFormatException(
                found.Kind == ForeignKind.Pickle ? ErrorIds.VectorsNeedPickle : ErrorIds.VectorsFormatUnknown,
                path,
                0,
                $"{Formats}, but the file is {found.What}",
                found.DataAdvice);
        }
    }

    private static FileFormatException Unreadable(string path, string expected, string advice) =>
        new(ErrorIds.VectorsFormatUnknown, path, 0, expected, advice);
}
