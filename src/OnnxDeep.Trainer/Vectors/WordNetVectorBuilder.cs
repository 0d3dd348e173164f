using System.Globalization;
using System.Text.Json;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;
using OnnxDeep.Trainer.WordNet;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// Builds word vectors from a dictionary and its taxonomy: positive pointwise mutual information of each lemma with the
/// features of its senses, a truncated singular value decomposition, and rows U·Sᵖ of equal length. The same
/// database and options give the same bytes on every machine.
/// </summary>
internal static class WordNetVectorBuilder
{
    private const double SelectedAt = 0.1;
    private const double CountedAt = 0.15;
    private const double DecomposedAt = 0.95;

    /// <summary>Builds a table and writes it atomically.</summary>
    /// <param name="options">The options; the defaults build the shipped table.</param>
    /// <param name="wordNetDirectory">The folder of the WordNet 3.0 database files, such as /usr/share/wordnet.</param>
    /// <param name="outputPath">The safetensors file to write.</param>
    /// <param name="progress">Receives the current step; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the build within seconds; nothing is written in this case.</param>
    /// <returns>The number of keys and rows in the table.</returns>
    /// <exception cref="FileFormatException">A database file is missing.</exception>
    /// <exception cref="FileFormatException">A database file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static WordNetVectorSummary Build(
        WordNetVectorOptions options,
        string wordNetDirectory,
        string outputPath,
        IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        progress?.Report(new BuildProgress("Reading WordNet", 0));
        WordNetDatabase database = WordNetDatabase.Load(wordNetDirectory);
        if (options.Supplemented)
        {
            database = Supplement.AddTo(database);
        }

        cancellationToken.ThrowIfCancellationRequested();

        progress?.Report(new BuildProgress("Choosing words", SelectedAt));
        var features = new SynsetFeatures(database, options);
        Lemma[] lemmas = new LemmaCommonness(features).Order(database.Lemmas);
        var forms = new InflectedForms(new Inflector(database), lemmas);
        TableKeys keys = TableKeys.Select(lemmas, forms, options.Dimensions, options.MaximumBytes);

        progress?.Report(new BuildProgress("Counting features", CountedAt));
        SparseMatrix counts = LemmaMatrix.Build(keys.Rows, features, options, cancellationToken);
        SparseMatrix information = PointwiseMutualInformation.Positive(counts, options.ContextExponent);
        (DenseMatrix u, double[] singularValues) = RandomizedSvd.Decompose(
            information,
            options.Dimensions,
            options.Oversampling,
            options.PowerIterations,
            options.Seed,
            done => progress?.Report(new BuildProgress(
                "Decomposing", CountedAt + ((DecomposedAt - CountedAt) * done))),
            cancellationToken);

        DenseMatrix rows = ScaleRows(u, singularValues, options, cancellationToken);
        progress?.Report(new BuildProgress("Writing", DecomposedAt));
        float[,] table = new float[rows.Rows, options.Dimensions];
        for (int i = 0; i < rows.Rows; i++)
        {
            rows.Row(i)[..options.Dimensions].CopyTo(table.GetRowSpan(i));
        }

        WordVectorTableWriter.Write(
            outputPath,
            keys.Keys,
            keys.KeyRows.ToArray(),
            table.AsSpan2D(),
            VectorElementType.Int8,
            Metadata(options));
        progress?.Report(new BuildProgress("Done", 1));
        return new WordNetVectorSummary(keys.Keys.Count, rows.Rows, information.Columns, information.EntryCount);
    }

    // Returns the name, source, licence and all options that affect the numbers.
    private static Dictionary<string, string> Metadata(WordNetVectorOptions options) => new(StringComparer.Ordinal)
    {
        [WordVectorTableNames.NameKey] = string.Create(CultureInfo.InvariantCulture, $"wordnet-{options.Dimensions}d"),
        [WordVectorTableNames.SourceKey] = options.Supplemented
            ? "WordNet 3.0 and a supplement of our own"
            : "WordNet 3.0",
        [WordVectorTableNames.LicenseKey] =
            "WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. See NOTICE.",
        ["method"] = "positive pointwise mutual information of lemmas with the glosses, hypernyms and relations of "
            + "their senses; truncated singular value decomposition; rows U·S^p of equal length",
        ["parameters"] = JsonSerializer.Serialize(options),
    };

    // Computes U·Sᵖ, rotated and scaled to one length. The rotation preserves all angles and spreads the first
    // singular directions over all columns: 8-bit quantization preserves more of them, and an optimizer with a
    // step size per weight, such as Adam, learns from all columns at once.
    private static DenseMatrix ScaleRows(
        DenseMatrix u, double[] singularValues, WordNetVectorOptions options, CancellationToken cancellationToken)
    {
        double[] powers =
        [
            .. singularValues.Select(s => DeterministicMath.Pow(s / singularValues[0], options.SingularValueExponent)),
        ];
        for (int i = 0; i < u.Rows; i++)
        {
            Span<float> row = u.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = (float)(row[j] * powers[j]);
            }

            SetLength(row, options.Norm);
        }

        // A different seed from that of the decomposition, whose random numbers would otherwise be repeated.
        DenseMatrix rotation = Orthonormal.CreateRandom(options.Dimensions, options.Seed + 1, cancellationToken);
        return u.Multiply(rotation, cancellationToken);
    }

    private static void SetLength(Span<float> row, double length)
    {
        double sum = 0;
        foreach (float value in row)
        {
            sum += (double)value * value;
        }

        double scale = sum > 0 ? length / Math.Sqrt(sum) : 0;
        foreach (ref float value in row)
        {
            value = (float)(value * scale);
        }
    }
}

/// <summary>The progress of a build of word vectors.</summary>
/// <param name="Activity">The current step, for display.</param>
/// <param name="Fraction">The completed fraction of the entire build, from 0 to 1.</param>
internal readonly record struct BuildProgress(string Activity, double Fraction);

/// <summary>The result of a build.</summary>
/// <param name="KeyCount">The number of words, spellings and inflected forms.</param>
/// <param name="RowCount">The number of distinct vectors.</param>
/// <param name="FeatureCount">The number of columns of the decomposed matrix.</param>
/// <param name="EntryCount">The number of its positive entries.</param>
internal readonly record struct WordNetVectorSummary(int KeyCount, int RowCount, int FeatureCount, int EntryCount);
