using System.Reflection;

namespace OnnxDeep.Tests;

/// <summary>Paths in the checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The ONNX Runtime package of this build: Cpu or Gpu.</summary>
    public static string Flavor { get; } = Metadata("OnnxRuntimeFlavor");

    /// <summary>The build output folder of this flavor.</summary>
    public static string Artifacts { get; } = Metadata("ArtifactsPath");

    public static string Configuration { get; } = Metadata("BuildConfiguration");

    public static string Models => Path.Combine(Root, "models");

    public static string DefaultVectors => Path.Combine(Models, "wordnet-300d.safetensors");

    public static string FoodModel => Path.Combine(Models, "food.onnx");

    public static string FoodWordsModel => Path.Combine(Models, "food-words.onnx");

    public static string NoiseModel => Path.Combine(Models, "noise.onnx");

    public static string StagedModule => Path.Combine(Artifacts, "module", "OnnxDeep", "OnnxDeep.psd1");

    /// <summary>The systems whose native files the staged module contains.</summary>
    public static string[] StagedRuntimes { get; } = Metadata("StagedRuntimes").Split(';');

    /// <summary>The folder to which build.ps1 -Task Pack writes the module's package.</summary>
    public static string Packages => Path.Combine(Artifacts, "packages");

    /// <summary>Returns the path of a file in a project's build output.</summary>
    public static string Output(string project, string file) =>
        Path.Combine(Artifacts, "bin", project, Configuration, file);

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
