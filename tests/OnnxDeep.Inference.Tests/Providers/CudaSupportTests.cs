using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Tests.Providers;

/// <summary>The messages for machines that lack a component, whatever this machine has.</summary>
public sealed class CudaSupportTests
{
    private static readonly string s_library = typeof(CudaSupportTests).Assembly.Location;

    [Fact]
    public void CpuPackageIsNamedBeforeTheDriver()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "CUDA is not available on macOS with any package.");

        string problem = CudaSupport.FindProblem(() => "No driver.", false, null, _ => [])!;

        Assert.StartsWith("This build uses the package Microsoft.ML.OnnxRuntime,", problem, StringComparison.Ordinal);
        Assert.EndsWith("No driver.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void PackageWithoutItsLibraryIsBuiltAnew() => Assert.Contains(
        "Microsoft.ML.OnnxRuntime.Gpu",
        CudaSupport.FindProblem(() => null, true, null, _ => []),
        StringComparison.Ordinal);

    [Fact]
    public void DriverIsNamedBeforeTheLibraries() =>
        Assert.Equal(
            "No driver.", CudaSupport.FindProblem(() => "No driver.", true, s_library, _ => ["libcudnn.so.9"]));

    [Fact]
    public void LibrariesThatDoNotLoadAreNamed() => Assert.Contains(
        "libcublas.so.12, libcudnn.so.9",
        CudaSupport.FindProblem(() => null, true, s_library, _ => ["libcublas.so.12", "libcudnn.so.9"]),
        StringComparison.Ordinal);

    [Fact]
    public void NothingMissingIsNoProblem() =>
        Assert.Null(CudaSupport.FindProblem(() => null, true, s_library, _ => []));

    [Theory]
    [InlineData("libcublas.so.12", "cuda-toolkit-12'")]
    [InlineData("libcudnn.so.9", "libcudnn9-cuda-12'")]
    [InlineData("libcufft.so.11 libcudnn.so.9", "cuda-toolkit-12 libcudnn9-cuda-12'")]
    [InlineData("libother.so.1", "copy them to the folder of the library")]
    public void AdviceHasTheVersionOfCudaThatTheProviderNeeds(string missing, string part)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These packages do not exist for Windows.");

        Assert.Contains(
            part,
            CudaSupport.LibraryAdvice(missing.Split(' '), ["libcufft.so.11", "libcublasLt.so.12"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void DriverIsThereOrItsAbsenceIsTold() =>
        Assert.True(
            CudaSupport.FindDriverProblem() is null
            || CudaSupport.FindDriverProblem()!.Contains("NVIDIA", StringComparison.Ordinal));
}
