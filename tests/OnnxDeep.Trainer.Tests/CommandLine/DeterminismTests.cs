using System.Runtime.Intrinsics;

namespace OnnxDeep.Tests.CommandLine;

/// <summary>The same seed gives the same bytes with any instruction set, and the bytes in the repository.</summary>
[Trait("Culture", "Any")]
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("DOTNET_gcServer=0")]
    [InlineData("LANG=de_DE.UTF-8")]
    [InlineData("DOTNET_EnableAVX512F=0;DOTNET_EnableAVX512=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("DOTNET_TieredCompilation=0")]
    public async Task TrainingGivesTheShippedBytesAndLeavesNoOtherFile(string setting)
    {
        using var directory = new TemporaryDirectory();
        Dictionary<string, string?> environment = setting.Split(';').Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1]);

        // The runtime would leave what it reports in the home folder, except in continuous integration.
        using var home = new TemporaryDirectory();
        environment["HOME"] = home.Path;
        environment["CI"] = environment["GITHUB_ACTIONS"] = environment["ORT_DISABLE_TELEMETRY"] = null;
        if (setting.Contains("AVX512", StringComparison.Ordinal) && !Vector512.IsHardwareAccelerated)
        {
            TestContext.Current.SendDiagnosticMessage(
                "This CPU has no AVX-512, so the case equals the default run.");
        }

        (int exitCode, _, string error) = await TrainerProcess.Run(environment, "--output", directory.Path);

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.Equal(File.ReadAllBytes(Repository.NoiseModel), File.ReadAllBytes(directory.File("noise.onnx")));
        Assert.Equal(File.ReadAllBytes(Repository.FoodModel), File.ReadAllBytes(directory.File("food.onnx")));
        Assert.True(File.ReadAllBytes(Repository.FoodWordsModel).AsSpan().SequenceEqual(
            File.ReadAllBytes(directory.File("food-words.onnx"))));
        Assert.Equal(3, Directory.GetFiles(directory.Path).Length);
        Assert.Empty(Directory.GetFileSystemEntries(home.Path));
    }

    [Fact]
    public async Task VectorsBuildGivesTheShippedTable()
    {
        const string wordNet = "/usr/share/wordnet";
        Assert.SkipUnless(
            File.Exists(Path.Combine(wordNet, "data.noun")),
            "Debian's package wordnet-base, which contains the WordNet database, is not installed.");
        using var directory = new TemporaryDirectory();
        string path = directory.File("table.safetensors");

        (int exitCode, _, string error) = await TrainerProcess.Run(
            null, "vectors", "build", "--wordnet", wordNet, "--output", path);

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.True(File.ReadAllBytes(Repository.DefaultVectors).AsSpan().SequenceEqual(File.ReadAllBytes(path)));
    }
}
