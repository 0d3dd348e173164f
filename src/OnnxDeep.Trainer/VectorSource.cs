using System.Security.Cryptography;

using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Trainer;

/// <summary>The vector table that food words are looked up in.</summary>
internal sealed class VectorSource : IDisposable
{
    private VectorSource(WordVectorTable table, string sha256)
    {
        Table = table;
        Sha256 = sha256;
    }

    public WordVectorTable Table { get; }

    /// <summary>Of the file, in hex.</summary>
    public string Sha256 { get; }

    /// <summary>The folder of the vectors that came with the program.</summary>
    public static string DefaultDirectory => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Opens the named table, or the one that came with the program.</summary>
    public static VectorSource Open(string? nameOrPath)
    {
        string path = new VectorStore(DefaultDirectory).Resolve(nameOrPath ?? VectorStore.DefaultVectors);
        using FileStream stream = File.OpenRead(path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        return new VectorSource(WordVectorTable.Open(path), sha256);
    }

    /// <summary>The notebook's 100 words as vectors.</summary>
    /// <exception cref="OnnxDeepException">The table lacks a word.</exception>
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
                    + "Name vectors of everyday English with --vectors.");
            }
        });
    }

    public void Dispose() => Table.Dispose();
}
