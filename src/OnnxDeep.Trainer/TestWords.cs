using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Trainer;

/// <summary>A list of unseen words with their labels, to measure the accuracy of networks.</summary>
internal sealed class TestWords
{
    private readonly float[,] _vectors;
    private readonly int[] _classes;
    private readonly bool[] _isKnown;

    private TestWords(string[][] rows, WordVectorTable table)
    {
        var vectorizer = new TermVectorizer(table);
        _vectors = new float[rows.Length, table.Dimensions];
        _classes = [.. rows.Select(row => row[1] == FoodWords.Labels[1] ? 1 : 0)];
        _isKnown = [.. rows.Select((row, i) => vectorizer.TryGetVector(row[0], _vectors.GetRowSpan(i)))];
    }

    /// <summary>Reads a CSV file with two columns, word and label.</summary>
    /// <exception cref="OnnxDeepException">
    /// The file cannot be read, or a line is not a word with one of the labels.
    /// </exception>
    public static TestWords Read(string path, WordVectorTable table)
    {
        try
        {
            string[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];
            int bad = Array.FindIndex(rows, row => row.Length != 2 || !FoodWords.Labels.Contains(row[1]));
            return bad < 0 && rows.Length > 0 ? new TestWords(rows, table) : throw new OnnxDeepException(
                "WordsDamaged",
                $"Line {bad + 2} of '{path}' is not a word, a comma and one of the labels "
                + $"'{string.Join("', '", FoodWords.Labels)}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxDeepException("WordsNotReadable", $"The word list '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Returns the fraction of words that are classified correctly; unknown words never are.</summary>
    public double Measure(Network<float> network)
    {
        float[,] outputs = network.Forward(_vectors);
        int right = 0;
        for (int i = 0; i < _classes.Length; i++)
        {
            right += _isKnown[i] && Classes.FromOutputs([outputs[i, 0]]) == _classes[i] ? 1 : 0;
        }

        return (double)right / _classes.Length;
    }
}
