using System.Management.Automation;
using System.Net.Sockets;

namespace OnnxDeep.Tests.Cmdlets;

/// <summary>Pipes, devices and sockets as files of every kind: no command waits for another program.</summary>
public sealed class SpecialFileTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Commands =>
    [
        "Get-OnnxModel -Path $file", "Get-OnnxModel -LiteralPath $file", "Get-OnnxModel $file -Verify",
        "Invoke-OnnxModel $file 1", "Measure-OnnxModel $file", "Compare-OnnxModel $file",
        "Compare-OnnxModel noise $file",
        "Convert-OnnxModel $file $output -To Float16", "Set-OnnxModelMetadata $file @{ a = 1 }",
        "Get-LayerWeights $file", "Get-ModelSummary $file", "1 | Trace-Network -Model $file",
        "1 | Get-NetworkGradient -Model $file -Target 1", "Export-NetworkPlot $output -Model $file",
        "Export-WeightPlot $output -Model $file", "Export-WordModel $output $file",
        "Export-WordModel $output -Vectors $file", "Export-WordVector $output $file",
        "Test-FoodWord salad -Model $file", "Test-FoodWord salad -Vectors $file", "Test-Word salad -Model $file",
        "Get-WordVector salad -Vectors $file", "Find-SimilarWord salad -Vectors $file",
        "Measure-WordSimilarity salad lemon -Vectors $file", "Trace-Network -Model food -Word salad -Vectors $file",
        "Export-WordPlot $output -Positive salad, lemon, soup -Negative car, bus, van -Vectors $file",
        "New-WordClassifier -Positive a, b, c, d -Negative e, f, g, h -Vectors $file -Path $output",
        "Import-WordVector $file x", "Import-WordVector $array x -WordList $file",
        "Import-OnnxTensor $file",
    ];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task CommandNamesThePipeInsteadOfWaitingForIt(string command)
    {
        SpecialFile.SkipOnWindows();
        bool isTensor = command.StartsWith("Import-OnnxTensor", StringComparison.Ordinal);
        string pipe = SpecialFile.CreatePipe(_directory.File(isTensor ? "a.npy" : "a.onnx"));

        Outcome outcome = await Run(command, pipe);

        Assert.Equal(["NotARegularFile"], outcome.ErrorIds);
        ErrorRecord error = outcome.Terminating?.ErrorRecord ?? outcome.Errors[0];
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains("named pipe", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Register-OnnxExecutionProvider Own $file")]
    [InlineData("Get-OnnxModel $file")]
    [InlineData("Import-WordVector $file x")]
    public async Task SocketsAndDevicesAreNamedToo(string command)
    {
        SpecialFile.SkipOnWindows();
        using Socket socket = SpecialFile.CreateSocket(_directory.File("socket"));

        Assert.Equal(["NotARegularFile"], (await Run(command, _directory.File("socket"))).ErrorIds);
        Assert.Equal(["NotARegularFile"], (await Run(command, "/dev/zero")).ErrorIds);
    }

    [Fact]
    public async Task WildcardTakesRegularFilesOnly()
    {
        SpecialFile.SkipOnWindows();
        using Socket socket = SpecialFile.CreateSocket(_directory.File("dotnet-diagnostic-1-2-socket"));
        SpecialFile.CreatePipe(_directory.File("clr-debug-pipe-1-2-in"));
        _directory.Write("words.txt", "salad");
        File.Copy(Repository.NoiseModel, _directory.File("noise.onnx"));
        Directory.CreateDirectory(_directory.File("only"));
        SpecialFile.CreatePipe(_directory.File("only/pipe"));

        Outcome models = await Run("Get-OnnxModel $file", _directory.File("[cdn]*"));
        Outcome words = await Run("Test-FoodWord -Path $file", _directory.File("[cdw]*"));
        Outcome none = await Run("Get-OnnxModel $file", _directory.File("only/*"));

        Assert.Equal("noise", Assert.Single(models.ThrowOnError().Values("Name")));
        Assert.Equal("salad", Assert.Single(words.ThrowOnError().Values("Word")));
        Assert.Equal(["ModelNotFound"], none.ErrorIds);
    }

    [Fact]
    public async Task WordsAreReadFromAPipeAsItIsWritten()
    {
        SpecialFile.SkipOnWindows();
        string pipe = SpecialFile.CreatePipe(_directory.File("words"));

        Task<Outcome> reading = Run("Test-FoodWord -LiteralPath $file", pipe);
        await using (FileStream writer = await Task.Run(() => File.OpenWrite(pipe)).WaitAsync(s_longest))
        {
            await writer.WriteAsync("salad\nlaptop\n"u8.ToArray());
        }

        Assert.Equal(["salad", "laptop"], (await reading).ThrowOnError().Values("Word"));
    }

    // A command that waits fails the test instead of hanging it.
    private Task<Outcome> Run(string command, string file) => Task.Run(() => _module.Invoke(
        $"$file, $output, $array = $args; {command}",
        file,
        _directory.File("output.svg"),
        _directory.Write(
            "vectors.npy",
            [
                0x93, .. "NUMPY\u0001\0"u8, 0x76, 0,
                .. System.Text.Encoding.ASCII.GetBytes(
                    "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".PadRight(0x75) + "\n"),
                .. new byte[8],
            ]))).WaitAsync(s_longest);
}
