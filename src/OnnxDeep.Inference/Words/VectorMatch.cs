using System.Globalization;

using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Words;

/// <summary>Checks whether a model was trained on the vectors that it is used with.</summary>
internal static class VectorMatch
{
    /// <summary>Compares the hash in the model's metadata with the table's hash, if both have one.</summary>
    /// <exception cref="ModelException">The vectors are different.</exception>
    public static void Check(ModelMetadata metadata, string modelPath, WordVectorTable table)
    {
        if (metadata.VectorsContentSha256 is { Length: > 0 } trained
            && table.ContentSha256.Length > 0
            && !trained.Equals(table.ContentSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException(
                ErrorIds.VectorsMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model '{modelPath}' was trained on the word vectors '{metadata.VectorsName}' "
                    + $"({Short(trained)}…), not on '{table.Name}' ({Short(table.ContentSha256)}…) "
                    + $"in '{table.Path}'. Use the vectors that it was trained on."));
        }
    }

    private static string Short(string sha256) => sha256.Length > 8 ? sha256[..8] : sha256;
}
