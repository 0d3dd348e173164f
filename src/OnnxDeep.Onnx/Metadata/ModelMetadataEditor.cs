using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;

namespace OnnxDeep.Onnx.Metadata;

/// <summary>
/// Edits the metadata of a model file of any size: its entries of metadata_props are written anew, and all other bytes
/// are copied as they are.
/// </summary>
public static class ModelMetadataEditor
{
    // Protobuf's limit, and so that of every program that reads the model.
    private const long MostBytes = int.MaxValue;

    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the edited model, whole or not at all.</summary>
    /// <param name="path">The model.</param>
    /// <param name="outputPath">Where to; may be the model itself.</param>
    /// <param name="change">The edit.</param>
    /// <param name="cancellationToken">Leaves all files as they are.</param>
    /// <returns>
    /// Whether anything was written: a model that need not change stays, where it would be written to itself.
    /// </returns>
    /// <exception cref="FileFormatException">The file is not a sound ONNX model.</exception>
    /// <exception cref="OnnxDeepException">
    /// A key or value is none that a model can hold, or they are too many.
    /// </exception>
    /// <exception cref="OnnxDeepException">The output cannot be written; an older file there is as it was.</exception>
    /// <exception cref="IOException">The model cannot be read.</exception>
    public static bool Edit(
        string path, string outputPath, MetadataChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        Check(change);
        FileInfo file = FileTarget.Find(Path.GetFullPath(path));
        string output = File.Exists(outputPath)
            ? FileTarget.Find(Path.GetFullPath(outputPath)).FullName
            : Path.GetFullPath(outputPath);
        using (FileStream stream = OnnxLayout.OpenFile(file.FullName))
        {
            // Whatever is no model is refused before anything is written.
            _ = OnnxLayout.Read(stream, path);
            stream.Position = 0;
            MetadataPlan plan = MetadataPlan.Make(stream, path, change);
            if (plan.Length > MostBytes)
            {
                throw new OnnxDeepException(
                    ErrorIds.MetadataTooLarge,
                    $"The model '{path}' would have {plan.Length} bytes, "
                    + $"and an ONNX file has at most {MostBytes}. Give it less metadata.");
            }

            if (!plan.HasChanges && output == file.FullName)
            {
                return false;
            }

            using var target = AtomicFile.Create(output);
            target.KeepMode(file.FullName);
            plan.Write(stream, target.Stream, cancellationToken);

            // Some systems rename no file over one that is open.
            stream.Dispose();
            target.Commit();
        }

        return true;
    }

    private static void Check(MetadataChange change)
    {
        foreach ((string key, string value) in change.Set)
        {
            if (key.Length == 0)
            {
                throw new OnnxDeepException(
                    ErrorIds.MetadataInvalid,
                    $"A key of the metadata is empty, that of the value '{value}'. Give every value a name.");
            }

            try
            {
                _ = s_strict.GetByteCount(key) + s_strict.GetByteCount(value);
            }
            catch (EncoderFallbackException e)
            {
                throw new OnnxDeepException(
                    ErrorIds.MetadataInvalid,
                    $"The metadata '{key}' holds half of a character, "
                    + FormattableString.Invariant($"U+{(int)e.CharUnknown:X4}, and a model holds whole ones. ")
                    + "Give another text.");
            }
        }
    }
}

/// <summary>What is to become of a model's metadata_props.</summary>
public sealed record MetadataChange
{
    /// <summary>Keys and their new values; a key that is not there yet is added.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys to take out; those that are not there are passed over.</summary>
    public IReadOnlyCollection<string> Remove { get; init; } = [];

    /// <summary>Takes out every key that <see cref="Set"/> does not name.</summary>
    public bool RemovesOthers { get; init; }
}
