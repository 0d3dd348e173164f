using System.Globalization;

using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>
/// Imports damaged sources and checks that each gives a readable table or an <see cref="OnnxDeepException"/>, leaves
/// nothing behind and uses little memory. 300 inputs by default; ONNXDEEP_FUZZ sets another number.
/// </summary>
/// <example>
/// <code>
/// [Fact]
/// public void DamagedFilesGiveTheTypedError() =>
///     SourceFuzzer.Run(7, FuzzSeed.File("v.npy", bytes), new FuzzSeed(files, "vectors.npy"));
/// </code>
/// </example>
internal static class SourceFuzzer
{
    // The buffers of the table writer and the reader take a few megabytes; no small valid file needs more.
    private const long MostBytes = 64 << 20;

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("ONNXDEEP_FUZZ"), CultureInfo.InvariantCulture, out int count)
            ? count
            : 300;

    /// <summary>Runs the inputs; the error of a failed input shows where it was kept.</summary>
    /// <param name="seed">The same seed gives the same inputs.</param>
    /// <param name="seeds">At least one valid source; parts of all of them are mixed.</param>
    public static void Run(int seed, params FuzzSeed[] seeds)
    {
        using var directory = new TemporaryDirectory();
        byte[][] pieces = [.. seeds.SelectMany(source => source.Files.Values)];
        foreach (FuzzSeed sound in seeds)
        {
            Assert.True(Import(directory, sound), $"The valid source '{sound.Target}' gives an error.");
        }

        for (int i = 0; i < Count; i++)
        {
            var mutator = new SourceMutator(HashCode(seed, i));
            FuzzSeed sound = seeds[mutator.Next(seeds.Length)];
            var files = new Dictionary<string, byte[]>(sound.Files);
            string damaged = files.Keys.Order(StringComparer.Ordinal).ElementAt(mutator.Next(files.Count));
            files[damaged] = mutator.Mutate(files[damaged], pieces[mutator.Next(pieces.Length)]);
            Import(directory, sound with { Files = files });
        }
    }

    // Returns whether the source gave a table.
    private static bool Import(TemporaryDirectory directory, FuzzSeed source)
    {
        string input = Directory.CreateDirectory(directory.File("in")).FullName;
        string output = Directory.CreateDirectory(directory.File("out")).FullName;
        string table = Path.Combine(output, "table.safetensors");
        Write(input, source.Pack?.Invoke(source.Files) ?? source.Files);
        bool isTable = false;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using (var opened = WordVectorSource.Open(Path.Combine(input, source.Target), source.Options, output))
            {
                opened.Import(table);
            }

            isTable = true;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= MostBytes, $"{allocated:N0} bytes were allocated.");
            Assert.Equal([table], Directory.GetFileSystemEntries(output));
            Read(table);
        }
        catch (OnnxDeepException e) when (!isTable)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= MostBytes, $"{allocated:N0} bytes were allocated before: {e.Message}");
            Assert.Empty(Directory.GetFileSystemEntries(output));
        }
        catch (Exception e)
        {
            string kept = Directory.CreateTempSubdirectory("onnxdeep-fuzz-").FullName;
            Write(kept, source.Pack?.Invoke(source.Files) ?? source.Files);
            Assert.Fail($"'{Path.Combine(kept, source.Target)}' gives {e}");
        }

        Directory.Delete(input, recursive: true);
        Directory.Delete(output, recursive: true);
        return isTable;
    }

    private static void Write(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        foreach ((string name, byte[] bytes) in files)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    // A table that was written must be valid: every key can be found, and every vector is finite.
    private static void Read(string path)
    {
        using WordVectorTable table = WordVectorTable.Open(path);
        float[] vector = new float[table.Dimensions];
        for (int i = 0; i < table.KeyCount; i++)
        {
            int row = table.GetKeyRow(i);
            table.CopyVector(row, vector);
            string key = table.GetKey(i);
            Assert.True(
                key.Length == 0 || (table.TryGetRow(key, out int found) && found == row), $"Key '{key}' is lost.");
        }

        table.TryGetSubwordVector("word", vector);
    }

    private static int HashCode(int seed, int index) => unchecked((seed * 486187739) + (index * 16777619));
}
