namespace OnnxDeep.Tests.CommandLine;

/// <summary>Same seed, same bytes: whatever instructions the processor has, and as the repository holds them.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData("DOTNET_gcServer=0")]
    [InlineData("DOTNET_EnableAVX512F=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("DOTNET_TieredCompilation=0")]
    public async Task TrainingGivesTheShippedBytes(string setting)
    {
        using var directory = new TemporaryDirectory();
        string[] pair = setting.Split('=');

        (int exitCode, _, string error) = await TrainerProcess.Run(
            new Dictionary<string, string> { [pair[0]] = pair[1] }, "--output", directory.Path);

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.Equal(File.ReadAllBytes(Repository.NoiseModel), File.ReadAllBytes(directory.File("noise.onnx")));
        Assert.Equal(File.ReadAllBytes(Repository.FoodModel), File.ReadAllBytes(directory.File("food.onnx")));
    }
}
