using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Words;

/// <summary>A model and its vectors, ready to be exported as one file that takes text.</summary>
internal sealed class WordModelSource : IDisposable
{
    private readonly FileLease<WordVectorTable> _table;

    private WordModelSource(Network<float> network, ModelMetadata metadata, FileLease<WordVectorTable> table)
    {
        Network = network;
        Metadata = metadata;
        _table = table;
    }

    /// <summary>The model's layers.</summary>
    public Network<float> Network { get; }

    /// <summary>The metadata of the model.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The vectors.</summary>
    public WordVectorTable Table => _table.Value;

    /// <summary>Opens a table that is compatible with a model.</summary>
    /// <param name="file">An ONNX file of dense layers.</param>
    /// <param name="tablePath">The vectors that the model was trained on.</param>
    /// <param name="allowsOtherVectors">Whether to accept other vectors with the same dimensions.</param>
    /// <exception cref="ModelException">The model and the table are incompatible.</exception>
    /// <exception cref="FileFormatException">The model is not a chain of dense layers.</exception>
    /// <exception cref="FileFormatException">The table cannot be read.</exception>
    public static WordModelSource Open(OnnxModelFile file, string tablePath, bool allowsOtherVectors)
    {
        var metadata = ModelMetadata.FromProperties(file.Properties);
        FileLease<WordVectorTable> table = SharedFiles.RentTable(tablePath);
        try
        {
            VectorStore.CheckMatch(metadata, file.Path, table.Value, allowsOtherVectors);
            Network<float> network = file.GetNetwork();
            return network.Inputs == table.Value.Dimensions
                ? new WordModelSource(network, metadata, table)
                : throw new ModelException(
                    ErrorIds.ModelInputMismatch,
                    $"The model '{file.Path}' takes {network.Inputs} numbers, but the word vectors "
                    + $"'{table.Value.Name}' have {table.Value.Dimensions} dimensions. Use a model that was trained "
                    + "on these vectors.");
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Releases the table.</summary>
    public void Dispose() => _table.Dispose();
}
