using System.Text.RegularExpressions;

namespace OnnxDeep.Tests;

/// <summary>The dependency rules: an assembly or folder references only those that are listed before it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] s_interfaces =
        ["System.Management.Automation", "Spectre.Console", "System.CommandLine", "ScottPlot", "SkiaSharp"];

    // The other assemblies, and the packages of a single layer, that each assembly may reference.
    [Theory]
    [InlineData("OnnxDeep")]
    [InlineData("OnnxDeep.Learning", "OnnxDeep")]
    [InlineData("OnnxDeep.Onnx", "OnnxDeep", "OnnxDeep.Learning", "Google.Protobuf")]
    [InlineData(
        "OnnxDeep.Words", "OnnxDeep", "OnnxDeep.Learning", "OnnxDeep.Onnx", "Google.Protobuf", "MessagePack")]
    [InlineData(
        "OnnxDeep.Inference",
        "OnnxDeep",
        "OnnxDeep.Learning",
        "OnnxDeep.Onnx",
        "OnnxDeep.Words",
        "Microsoft.ML.OnnxRuntime")]
    [InlineData(
        "OnnxDeep.Plots", "OnnxDeep", "OnnxDeep.Learning", "OnnxDeep.Onnx", "OnnxDeep.Words", "ScottPlot", "SkiaSharp")]
    [InlineData(
        "OnnxDeep.PowerShell",
        "OnnxDeep",
        "OnnxDeep.Learning",
        "OnnxDeep.Onnx",
        "OnnxDeep.Words",
        "OnnxDeep.Inference",
        "OnnxDeep.Plots",
        "System.Management.Automation")]
    [InlineData(
        "OnnxDeep.Trainer",
        "OnnxDeep",
        "OnnxDeep.Learning",
        "OnnxDeep.Onnx",
        "OnnxDeep.Words",
        "OnnxDeep.Inference",
        "Spectre.Console",
        "System.CommandLine")]
    [InlineData("OnnxDeep.Loader")]
    public void AssemblyUsesOnlyWhatItsLayerMay(string assembly, params string[] allowed)
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

        Assert.Empty(references.Where(IsLayered).Except(allowed));
    }

    // The folders of each project also build on each other in one order.
    [Theory]
    [InlineData("OnnxDeep.Learning", "Data", "Tables", "Metrics", "Networks", "Training", "Explanation")]
    [InlineData("OnnxDeep.Onnx", "Files", "Content", "Metadata", "Networks", "Inspection", "Rows", "Conversion")]
    [InlineData("OnnxDeep.Words", "Table", "Lookup", "Formats", "Export")]
    public void FolderUsesOnlyThoseBeforeIt(string project, params string[] folders)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        IEnumerable<string> upward = folders.SelectMany((folder, index) => Directory
            .GetFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => folders.Skip(index + 1)
                .Where(later => File.ReadAllText(path).Contains(
                    $"using {project}.{later}", StringComparison.Ordinal))
                .Select(later => $"{Path.GetFileName(path)} -> {later}")));

        Assert.Empty(upward);
    }

    // Whatever else creates them could come before the usage reports of the runtime are off.
    [Fact]
    public void OnlyTheHostCreatesEnvironmentsAndSessionsOfTheRuntime()
    {
        string[] folders = ["src", "tests"];
        IEnumerable<string> creators = folders
            .SelectMany(folder => Directory.GetFiles(
                Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => RuntimeCreation().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetFileName(path));

        Assert.Equal(["OnnxRuntimeHost.cs"], creators);
    }

    [Fact]
    public void PublicSurfaceIsSealedUnlessDesignedForMore()
    {
        IEnumerable<Type> open = new[] { typeof(OnnxDeepException).Assembly, typeof(ClassifiedWord).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }
                && type != typeof(OnnxDeepException));

        Assert.Empty(open);
    }

    private static bool IsLayered(string assembly) =>
        assembly.StartsWith("OnnxDeep", StringComparison.Ordinal)
        || assembly is "Microsoft.ML.OnnxRuntime" or "Google.Protobuf" or "MessagePack"
        || s_interfaces.Contains(assembly);

    [GeneratedRegex(@"\bOrtEnv\.(?:Instance|Create)|\bnew InferenceSession\(|\bInferenceSession \w+ = new\(")]
    private static partial Regex RuntimeCreation();
}
