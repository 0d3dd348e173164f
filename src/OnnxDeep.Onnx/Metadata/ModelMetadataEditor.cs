using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;

namespace OnnxDeep.Onnx.Metadata;

/// <summary>
/// Edits the metadata of a model file of any size: the entries of metadata_props are rewritten, and all other bytes are
/// copied unchanged.
/// </summary>
public static class ModelMetadataEditor
{
    // The limit of protobuf, and therefore of every program that reads the model.
    private const long MostBytes = int.MaxValue;

    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the edited model, completely or not at all.</summary>
    /// <param name="path">The model.</param>
    /// <param name="outputPath">The output file; may be the model itself.</param>
    /// <param name="change">The edit.</param>
    /// <param name="cancellationToken">Cancels the edit; all files are unchanged.</param>
    /// <returns>
    /// Whether anything was written: a model that is edited in place and would not change is not written.
    /// </returns>
    /// <exception cref="FileFormatException">The file is not a valid ONNX model.</exception>
    /// <exception cref="OnnxDeepException">
    /// A model cannot hold a key or value, or the metadata is too large.
    /// </exception>
    /// <exception cref="OnnxDeepException">The output cannot be written; any existing file is unchanged.</exception>
    /// <exception cref="OnnxDeepException">
    /// The model is edited in place, and another program replaced or changed it meanwhile.
    /// </exception>
    /// <exception cref="IOException">The model cannot be read.</exception>
    public static bool Edit(
        string path, string outputPath, MetadataChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        Check(change);
        FileInfo file = FileTarget.Find(Path.GetFullPath(path));
        outputPath = Path.GetFullPath(outputPath);
        bool isInPlace = FileTarget.Resolve(outputPath) == FileTarget.Resolve(file.FullName);
        using (FileStream stream = OnnxLayout.OpenFile(file.FullName))
        {
            var files = OpenedFiles.Of(file.FullName, stream);

            MetadataPlan plan = Interruptible.Run(
                () =>
                {
                    // Reject a file that is not a model before anything is written.
                    _ = OnnxLayout.Read(stream, path);
                    stream.Position = 0;
                    return MetadataPlan.Make(stream, path, change);
                },
                _ => { },
                cancellationToken);
            if (plan.Length > MostBytes)
            {
                throw new OnnxDeepException(
                    ErrorIds.MetadataTooLarge,
                    $"The model '{path}' would have {plan.Length} bytes, "
                    + $"but an ONNX file can have at most {MostBytes}. Use less metadata.");
            }

            if (!plan.HasChanges && isInPlace)
            {
                return false;
            }

            using var target = AtomicFile.Create(outputPath, modeOf: file.FullName);
            plan.Write(stream, target.Stream, cancellationToken);

            // Some systems cannot rename a file over an open one.
            stream.Dispose();
            if (isInPlace)
            {
                // Do not undo what another program has written meanwhile.
                files.Check();
            }

            target.Commit(cancellationToken);
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
                    $"The metadata key of the value '{value}' is empty. Give every value a key.");
            }

            try
            {
                _ = s_strict.GetByteCount(key) + s_strict.GetByteCount(value);
            }
            catch (EncoderFallbackException e)
            {
                throw new OnnxDeepException(
                    ErrorIds.MetadataInvalid,
                    $"The metadata '{key}' contains half of a surrogate pair, "
                    + FormattableString.Invariant($"U+{(int)e.CharUnknown:X4}, which UTF-8 cannot encode. ")
                    + "Use text with complete characters.");
            }
        }
    }
}

/// <summary>The changes to make to a model's metadata_props.</summary>
public sealed record MetadataChange
{
    /// <summary>Keys and their new values; keys that do not exist are added.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys to remove; keys that do not exist are ignored.</summary>
    public IReadOnlyCollection<string> Remove { get; init; } = [];

    /// <summary>Whether to remove every key that <see cref="Set"/> does not name.</summary>
    public bool RemovesOthers { get; init; }
}
