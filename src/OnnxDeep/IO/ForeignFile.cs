using System.Buffers.Binary;
using System.Text;

namespace OnnxDeep.IO;

/// <summary>
/// Tells from its first bytes what a file is that is not what was expected: something in place of the file, a container
/// of it, or a model or data of other programs.
/// </summary>
/// <param name="Kind">The kind of file.</param>
/// <param name="What">What the file is, as the end of a sentence.</param>
/// <param name="ModelAdvice">How to get an ONNX model from it.</param>
/// <param name="DataAdvice">How to get words, vectors or tensors from it.</param>
internal sealed record ForeignFile(ForeignKind Kind, string What, string ModelAdvice, string DataAdvice)
{
    /// <summary>The number of bytes that are enough to tell.</summary>
    public const int PrefixBytes = 1024;

    private const string Unpack = "Unpack it, and use the file in it.";
    private const string Again = "Copy or download the file again.";
    private const string Tf2Onnx = "Convert it to ONNX with the Python package tf2onnx.";
    private const string TorchExport = "Export the model in Python with torch.onnx.export.";
    private const string SaveNumbers = "Save its numbers in Python as text, NumPy or safetensors.";
    private const string NeedsModel = "Use the ONNX model that belongs to it; this file has only numbers.";
    private const string NeedsData = "Use a file of data; this is a model.";

    private static readonly ForeignFile s_lfsPointer = InPlace(
        ForeignKind.Text,
        "a Git LFS pointer, which stands for a file that was not downloaded",
        "Run 'git lfs pull' in its repository, or download the file itself.");

    private static readonly ForeignFile s_webPage = InPlace(
        ForeignKind.Text,
        "a web page, such as that of an error, a login or a repository's file",
        "Download the file itself; on sites such as GitHub, that is its raw or download link.");

    private static readonly ForeignFile s_zip = InPlace(
        ForeignKind.Archive,
        "a zip archive, or a document in one, such as .xlsx", Unpack);

    private static readonly ForeignFile s_torch = new(
        ForeignKind.Pickle,
        "a PyTorch file, which runs code when it is read", TorchExport, SaveNumbers);

    private static readonly ForeignFile s_pickle = new(
        ForeignKind.Pickle,
        "a Python pickle, such as a PyTorch or scikit-learn model, which runs code when it is read",
        "Export the model in Python with torch.onnx.export or skl2onnx.",
        SaveNumbers);

    private static readonly ForeignFile s_safeTensors = new(
        ForeignKind.SafeTensors,
        "a safetensors file", NeedsModel, "Use it as an array of numbers.");

    private static readonly ForeignFile s_npz = new(ForeignKind.Archive, "a NumPy archive", NeedsModel, Unpack);

    private static readonly ForeignFile s_tensorFlow = new(ForeignKind.Other, "a TensorFlow model", Tf2Onnx, NeedsData);

    private static readonly ForeignFile s_text = new(
        ForeignKind.Text,
        "an ONNX model as text",
        "Convert it to the binary form with the Python package onnx: onnx.save(onnx.load(name, 'textproto'), file).",
        NeedsData);

    private static readonly ForeignFile s_json = new(
        ForeignKind.Text, "JSON", "Use the .onnx file that it describes.", "Read it as JSON, and use its values.");

    private static readonly ForeignFile s_xml = new(
        ForeignKind.Text,
        "XML", "If it is an OpenVINO model, use the ONNX model that it was converted from.",
        "Read it as XML, and use its values.");

    private static readonly (string Start, ForeignFile File)[] s_starts =
    [
        ("\u001f\u008b", InPlace(ForeignKind.Other, "compressed with gzip", Unpack)),
        ("BZh", InPlace(ForeignKind.Other, "compressed with bzip2", Unpack)),
        ("\u00fd7zXZ", InPlace(ForeignKind.Other, "compressed with xz", Unpack)),
        ("\u0028\u00b5\u002f\u00fd", InPlace(ForeignKind.Other, "compressed with zstd", Unpack)),
        ("7z\u00bc\u00af", InPlace(ForeignKind.Other, "a 7z archive", Unpack)),
        ("Rar!", InPlace(ForeignKind.Other, "a RAR archive", Unpack)),
        ("\u0093NUMPY", new(ForeignKind.Other, "a NumPy array", NeedsModel, "Use it as an array of numbers.")),
        ("\u0089HDF\r\n", new(ForeignKind.Other, "an HDF5 file, such as a Keras model", Tf2Onnx, SaveNumbers)),
        ("GGUF", new(ForeignKind.Other, "a GGUF model of llama.cpp", "Use an ONNX export of the model.", NeedsData)),
        ("PAR1", new(ForeignKind.Other, "a Parquet table", "Specify a model.", "Save it as CSV, and read that.")),
    ];

    /// <summary>Whether the file stands in place of another, or contains it, whatever that is.</summary>
    public bool IsInPlace => ModelAdvice == DataAdvice;

    /// <summary>Detects what a file is.</summary>
    /// <param name="start">Its first bytes: all of them, or at least as many as are enough to tell.</param>
    /// <returns>Null if the bytes are none of the known kinds.</returns>
    public static ForeignFile? Detect(ReadOnlySpan<byte> start)
    {
        start = start[..Math.Min(start.Length, PrefixBytes)];
        string text = Encoding.Latin1.GetString(start);
        return start.IsEmpty ? InPlace(ForeignKind.Other, "empty", Again)
            : DetectText(text)
            ?? (text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) ? DetectZip(text) : null)
            ?? Array.Find(s_starts, pair => text.StartsWith(pair.Start, StringComparison.Ordinal)).File
            ?? DetectModel(start, text);
    }

    /// <summary>Detects what a file is, given a stream at its start, to which it returns.</summary>
    public static ForeignFile? Detect(Stream stream)
    {
        Span<byte> start = stackalloc byte[PrefixBytes];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return Detect(start[..length]);
    }

    /// <summary>
    /// Detects something in place of a text: text that could be read as words or numbers but never means them.
    /// </summary>
    /// <param name="text">The beginning of the text.</param>
    public static ForeignFile? DetectText(string text)
    {
        string body = text.TrimStart('\u00EF', '\u00BB', '\u00BF', '\uFEFF', ' ', '\t', '\r', '\n');
        return body.StartsWith("version https://git-lfs.github.com/", StringComparison.Ordinal) ? s_lfsPointer
            : StartsWith(body, "<!doctype html") || StartsWith(body, "<html") ? s_webPage
            : StartsWith(body, "<?xml") ? s_xml
            : body.StartsWith("ir_version:", StringComparison.Ordinal) ? s_text
            : IsJson(body) ? s_json
            : null;
    }

    private static ForeignFile InPlace(ForeignKind kind, string what, string advice) => new(kind, what, advice, advice);

    private static bool StartsWith(string text, string start) =>
        text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    // A vector's word may be a bracket, but no number begins with a quote or a bracket.
    private static bool IsJson(string body) => body.Length > 1
        && body[0] is '{' or '['
        && body[1..].TrimStart() is [var next, ..]
        && (next == '"' || (body[0] == '[' && next is '{' or '['));

    // The name of the first entry follows a header of 30 bytes; PyTorch's first entry is its pickle.
    private static ForeignFile DetectZip(string text)
    {
        int length = text.Length < 30 ? 0 : text[26] | (text[27] << 8);
        string name = text.Length < 30 + length ? string.Empty : text.Substring(30, length);
        return name.EndsWith("/data.pkl", StringComparison.Ordinal) ? s_torch
            : name.EndsWith(".npy", StringComparison.Ordinal) ? s_npz
            : s_zip;
    }

    private static ForeignFile? DetectModel(ReadOnlySpan<byte> start, string text) => start switch
    {
        [0x80, >= 2 and <= 5, ..] => s_pickle,
        [_, _, _, _, (byte)'O', (byte)'R', (byte)'T', (byte)'M', ..] => new ForeignFile(
            ForeignKind.Other, "a model in ORT format", "Use the .onnx file that it was converted from.", NeedsData),
        [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', (byte)'3', ..] => new ForeignFile(
            ForeignKind.Other, "a TensorFlow Lite model", Tf2Onnx, NeedsData),

        // SavedModel: the schema version, then a meta graph, which begins with its description.
        [0x08, 0x01, 0x12, ..] when text.Contains("AssignVariableOp", StringComparison.Ordinal)
            || text.Contains("serve", StringComparison.Ordinal) => s_tensorFlow,

        // A graph of nodes.
        [0x0A, _, 0x0A, ..] when text.Contains("\u0012\u000bPlaceholder", StringComparison.Ordinal) => s_tensorFlow,
        [_, _, _, _, _, _, _, _, (byte)'{', ..]
            when BinaryPrimitives.ReadUInt64LittleEndian(start) < 1 << 28 => s_safeTensors,
        _ => null,
    };
}

/// <summary>What readers need to know of a file that is not what was expected.</summary>
internal enum ForeignKind
{
    /// <summary>A binary file.</summary>
    Other,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A zip archive of files or of NumPy arrays.</summary>
    Archive,

    /// <summary>A file that runs code when it is read.</summary>
    Pickle,

    /// <summary>A safetensors file.</summary>
    SafeTensors,
}
