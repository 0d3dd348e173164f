using System.Security.Cryptography;

using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Trainer;

/// <summary>The vector table for the food words.</summary>
internal sealed class VectorSource : IDisposable
{
    private VectorSource(WordVectorTable table, string sha256)
    {
        Table = table;
        Sha256 = sha256;
    }

    public WordVectorTable Table { get; }

    /// <summary>The hash of the file, in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The folder of the vectors that the program includes.</summary>
    public static string DefaultDirectory => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Opens the specified table, or the one that the program includes.</summary>
    public static VectorSource Open(string? nameOrPath)
    {
        string path = new VectorStore(DefaultDirectory).Resolve(nameOrPath ?? VectorStore.DefaultVectors);
        using FileStream stream = InputFile.Open(path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        var table = WordVectorTable.Open(path);
        try
        {
            // The hash must be that of the table.
            table.Verify();
            table.Files.Check();
            return FileIdentity.Of(stream) == table.Files.Files[0].Identity
                ? new VectorSource(table, sha256)
                : throw OpenedFiles.Changed(path);
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Creates a dataset from the vectors of the notebook's 100 words.</summary>
    /// <exception cref="OnnxDeepException">The table does not contain one of the words.</exception>
    public Dataset CreateFoodDataset()
    {
        var vectorizer = new TermVectorizer(Table);
        return FoodWords.CreateDataset(Table.Dimensions, (word, vector) =>
        {
            if (!vectorizer.TryGetVector(word, vector.Span))
            {
                throw new OnnxDeepException(
                    "TrainingWordUnknown",
                    $"The word vectors '{Table.Path}' have no key '{word}', one of the notebook's 100 words. "
                    + "Specify vectors of everyday English with --vectors.");
            }
        });
    }

    public void Dispose() => Table.Dispose();
}
