using System.Globalization;

using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Tests.Words.Formats;

namespace OnnxDeep.Tests.Onnx.Inspection;

/// <summary>
/// Runs everything that Get-OnnxModel, Set-OnnxModelMetadata, Convert-OnnxModel and Get-LayerWeights call on damaged
/// models: each must give a result or the typed error, and use little memory. 300 inputs by default; ONNXDEEP_FUZZ sets
/// another number.
/// </summary>
public sealed class ModelFuzzTests : IDisposable
{
    private const int Seed = 11;

    // No seed file is larger than 20 KB.
    private const long MostBytes = 64 << 20;

    private static readonly string[] s_foreign =
        ["test_sign_model", "test_expand_shape_model1", "test_sequence_model4", "test_gradient_of_add"];

    private readonly TemporaryDirectory _directory = new();

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("ONNXDEEP_FUZZ"), CultureInfo.InvariantCulture, out int count)
            ? count
            : 300;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void DamagedModelsGiveTypedErrorsOnly()
    {
        _directory.Write("weights.bin", new byte[12]);
        byte[][] seeds =
        [
            Models.Rich().ToByteArray(),
            OnnxExporter.Export(Network.Create(3, [new(2, Activation.Tanh), new(1, Activation.Sigmoid)], 1)),
            File.ReadAllBytes(Path.Combine(Repository.Root, "models", "food.onnx")),
            .. s_foreign
                .Select(name => TestData.Find("onnx", name, "model.onnx"))
                .Select(File.ReadAllBytes),
        ];
        Assert.All(seeds, seed => Assert.True(Read(seed)));
        int read = 0;
        for (int i = 0; i < Count; i++)
        {
            var mutator = new SourceMutator(unchecked((Seed * 486187739) + (i * 16777619)));
            byte[] model = mutator.Mutate(seeds[mutator.Next(seeds.Length)], seeds[mutator.Next(seeds.Length)]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read += Read(model) ? 1 : 0;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                string kept = Path.Combine(Directory.CreateTempSubdirectory("onnxdeep-fuzz-").FullName, "m.onnx");
                File.WriteAllBytes(kept, model);
                Assert.Fail($"'{kept}' gives {e}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= MostBytes, $"Input {i} allocated {allocated:N0} bytes.");
        }

        // Most damage is in names and numbers, where a reader cannot detect it.
        Assert.InRange(read, Count / 20, Count - 1);
    }

    private bool Read(byte[] model)
    {
        string path = _directory.Write("m.onnx", model);
        bool isInspected = Try(() =>
        {
            var inspector = OnnxModelInspector.Open(path);
            Assert.All(inspector.GetNodes(), node => Assert.NotNull(node.Attributes));
            Assert.All(
                inspector.Measure(e => Assert.IsType<FileFormatException>(e)),
                tensor => Assert.True(tensor.Elements >= 0));
            inspector.FormatTree(1000);
        });
        Try(() => OnnxModelFile.Load(path).GetDenseLayers());
        var change = new MetadataChange { Set = new Dictionary<string, string> { ["k"] = "v" }, Remove = ["author"] };
        Try(() => ModelMetadataEditor.Edit(path, _directory.File("out.onnx"), change));
        Try(() => Convert(path));
        return isInspected;
    }

    private void Convert(string path)
    {
        foreach (WeightFormat format in Enum.GetValues<WeightFormat>())
        {
            var converter = ModelConverter.Open(path);
            converter.OpenBatch();
            try
            {
                converter.Convert(format);
            }
            catch (OnnxDeepException)
            {
                continue;
            }

            converter.Write(_directory.File("converted.onnx"));
        }
    }

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (FileFormatException)
        {
            return false;
        }
    }
}
