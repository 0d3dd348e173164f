using OnnxDeep.Trainer;

namespace OnnxDeep.Tests.CommandLine;

[Trait("Culture", "Any")]
public sealed class StagedModuleTests : IDisposable
{
    private readonly TemporaryDirectory _repository = new();
    private readonly string _models;

    public StagedModuleTests()
    {
        _models = Directory.CreateDirectory(_repository.File("artifacts/module/OnnxDeep/models")).FullName;
        File.WriteAllText(_repository.File("artifacts/module/OnnxDeep/OnnxDeep.psd1"), "@{}");
    }

    private string ProgramFolder => _repository.File("artifacts/bin/OnnxDeep.Trainer/release");

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void ModuleGetsTheModelsThatWereTrained()
    {
        File.WriteAllText(Path.Combine(_models, "food.onnx"), "before");
        string[] trained = [_repository.Write("food.onnx", "after"), _repository.Write("noise.onnx", "new")];

        StagedModule.Find(ProgramFolder)!.Take(trained);

        Assert.Equal("after", File.ReadAllText(Path.Combine(_models, "food.onnx")));
        Assert.Equal("new", File.ReadAllText(Path.Combine(_models, "noise.onnx")));
        Assert.Equal(2, Directory.GetFiles(_models).Length);
    }

    [Fact]
    public void ModelThatTheModuleHasIsLeftAlone()
    {
        string path = Path.Combine(_models, "food.onnx");
        File.WriteAllText(path, "same");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        StagedModule.Find(ProgramFolder)!.Take([_repository.Write("food.onnx", "same")]);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
    }

    [Theory]
    [InlineData("artifacts/bin/OnnxDeep.Trainer")]
    [InlineData("elsewhere")]
    public void ProgramThatTheBuildDidNotPutThereHasNoModule(string folder) =>
        Assert.Null(StagedModule.Find(_repository.File(folder)));

    [Theory]
    [InlineData("", "./artifacts/module/OnnxDeep")]
    [InlineData("artifacts", "./module/OnnxDeep")]
    [InlineData("models/mine", "../../artifacts/module/OnnxDeep")]
    public void NextCommandImportsTheModuleFromTheUsersFolder(string location, string path)
    {
        using var output = new StringWriter();

        StagedModule.Find(ProgramFolder)!.WriteNextCommand(output, _repository.File(location));

        Assert.EndsWith(
            $"  dotnet pwsh -Command \"Import-Module {path}; 'salad', 'laptop' | Test-FoodWord\"{Environment.NewLine}",
            output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void OutsideTheRepositoryTheModulesFolderIsNamed()
    {
        using var output = new StringWriter();

        StagedModule.Find(ProgramFolder)!.WriteNextCommand(output, Path.GetTempPath());

        Assert.Equal(
            $"The module with these models is in {_repository.File("artifacts/module/OnnxDeep")}.{Environment.NewLine}",
            output.ToString());
    }

    [Fact]
    public async Task TrainingEndsWithACommandThatWorksAsPrinted()
    {
        // In the repository, where dotnet finds the tool manifest; the models are identical to the shipped ones.
        string location = Path.Combine(Repository.Artifacts, $"test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(location);
        try
        {
            (int exitCode, string output, string error) = await TrainerProcess.RunIn(location);
            Assert.Equal((0, string.Empty), (exitCode, error));
            Assert.Equal(
                ["food-words.onnx", "food.onnx", "noise.onnx"],
                Directory.GetFiles(Path.Combine(location, "models"))
                    .Select(Path.GetFileName)
                    .Order(StringComparer.Ordinal));

            string command = output.TrimEnd().Split('\n')[^1].Trim();
            Assert.StartsWith(
                "dotnet pwsh -Command \"Import-Module ../module/OnnxDeep;", command, StringComparison.Ordinal);
            (string shell, string option) = OperatingSystem.IsWindows() ? ("cmd", "/c") : ("sh", "-c");
            (exitCode, output, error) = await ChildProcess.Run(shell, [option, command], location);

            Assert.Equal((0, string.Empty), (exitCode, error));
            Assert.Matches(@"salad +food +[01][.,]\d", output);
            Assert.Matches(@"laptop +not food +[01][.,]\d", output);
        }
        finally
        {
            Directory.Delete(location, recursive: true);
        }
    }
}
