namespace OnnxDeep.Tests;

/// <summary>The house's one direction: nothing on the left knows what stands to its right.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData(
        "OnnxDeep",
        "Microsoft.ML.OnnxRuntime",
        "System.Management.Automation",
        "OnnxDeep.Inference",
        "OnnxDeep.Plots",
        "ScottPlot",
        "SkiaSharp",
        "Spectre.Console")]
    [InlineData(
        "OnnxDeep.Plots",
        "Microsoft.ML.OnnxRuntime",
        "System.Management.Automation",
        "Google.Protobuf",
        "OnnxDeep.Inference")]
    [InlineData(
        "OnnxDeep.Inference",
        "System.Management.Automation",
        "Google.Protobuf",
        "OnnxDeep.Plots",
        "ScottPlot",
        "Spectre.Console")]
    [InlineData(
        "OnnxDeep.PowerShell",
        "Microsoft.ML.OnnxRuntime",
        "Google.Protobuf",
        "OnnxDeep.Loader",
        "ScottPlot",
        "SkiaSharp")]
    [InlineData("OnnxDeep.Trainer", "Microsoft.ML.OnnxRuntime", "System.Management.Automation", "Google.Protobuf")]
    [InlineData("OnnxDeep.Loader", "OnnxDeep", "System.Management.Automation")]
    public void AssemblyDoesNotReferToWhatStandsAboveOrBesideIt(string assembly, params string[] forbidden)
    {
        string path = Path.Combine(Path.GetDirectoryName(Repository.StagedModule)!, "bin", assembly + ".dll");
        if (!File.Exists(path))
        {
            path = Repository.Output(assembly, assembly + ".dll");
        }

        using var peReader = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        System.Reflection.Metadata.MetadataReader reader =
            System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(peReader);
        IEnumerable<string> references = reader.AssemblyReferences
            .Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name));

        Assert.Empty(references.Intersect(forbidden));
    }

    [Fact]
    public void PublicSurfaceIsSealedUnlessDesignedForMore()
    {
        IEnumerable<Type> open = new[] { typeof(OnnxDeepException).Assembly, typeof(WordPrediction).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false });

        Assert.Empty(open);
    }
}
