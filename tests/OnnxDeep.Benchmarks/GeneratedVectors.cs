using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using OnnxDeep.Words.Formats;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Random vectors in files with the dimensions of glove.6B.300d, generated once and kept in the build output.
/// </summary>
internal static class GeneratedVectors
{
    public const int Words = 400_000;
    public const int Dimensions = 300;

    private static readonly string s_folder = Path.Combine(Tests.Repository.Root, "artifacts", "benchmarks", "vectors");

    /// <summary>0.95 GB: a word and its numbers on each line, with four or five digits each.</summary>
    public static string Text => Make("glove.txt", stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 20);
        var random = new Random(1);
        for (int word = 0; word < Words; word++)
        {
            writer.Write(Key(word));
            for (int i = 0; i < Dimensions; i++)
            {
                writer.Write(' ');
                writer.Write(Next(random).ToString(i % 3 == 0 ? "G5" : "G4", CultureInfo.InvariantCulture));
            }

            writer.Write('\n');
        }
    });

    /// <summary>0.48 GB: the same vectors in word2vec's binary format.</summary>
    public static string Binary => Make("word2vec.bin", stream =>
    {
        var random = new Random(1);
        float[] vector = new float[Dimensions];
        stream.Write(Encoding.ASCII.GetBytes($"{Words} {Dimensions}\n"));
        for (int word = 0; word < Words; word++)
        {
            for (int i = 0; i < Dimensions; i++)
            {
                vector[i] = Next(random);
            }

            stream.Write(Encoding.ASCII.GetBytes(Key(word) + " "));
            stream.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
        }
    });

    /// <summary>0.49 GB: the same vectors as a table.</summary>
    public static string Table
    {
        get
        {
            string path = Path.Combine(s_folder, "table.safetensors");
            if (!File.Exists(path))
            {
                using var source = WordVectorSource.Open(Binary, new ImportOptions(), s_folder);
                source.Import(path);
            }

            return path;
        }
    }

    /// <summary>The path for imported tables.</summary>
    public static string Output => Path.Combine(s_folder, "imported.safetensors");

    public static string Key(int word) => string.Create(CultureInfo.InvariantCulture, $"word{word}");

    private static float Next(Random random) => (random.NextSingle() - 0.5f) * 1.2f;

    private static string Make(string name, Action<Stream> write)
    {
        string path = Path.Combine(s_folder, name);
        if (!File.Exists(path))
        {
            IO.AtomicFile.Write(path, stream =>
            {
                using var buffered = new BufferedStream(stream, 1 << 20);
                write(buffered);
            });
        }

        return path;
    }
}
