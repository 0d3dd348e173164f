using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Tests.Providers;

public sealed class NativeImportsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static string Natives { get; } =
        Path.Combine(Path.GetDirectoryName(typeof(NativeImportsTests).Assembly.Location)!, "runtimes");

    private static string LinuxLibrary { get; } = Path.Combine(Natives, "linux-x64", "native", "libonnxruntime.so");

    private static string WindowsLibrary { get; } = Path.Combine(Natives, "win-x64", "native", "onnxruntime.dll");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LibraryOfLinuxNamesWhatItNeeds() => Assert.Superset(
        new HashSet<string> { "libc.so.6", "libstdc++.so.6", "libm.so.6" },
        NativeImports.Read(LinuxLibrary).ToHashSet());

    [Fact]
    public void LibraryOfWindowsNamesWhatItNeeds() =>
        Assert.Contains("KERNEL32.dll", NativeImports.Read(WindowsLibrary), StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void OnlyWhatIsNeitherLoadedNorBesideIsMissing()
    {
        string copy = _directory.Write("lib.so", File.ReadAllBytes(LinuxLibrary));
        _directory.Write("libm.so.6", "");

        IReadOnlyList<string> missing = NativeImports.FindMissing(copy, name => name == "libc.so.6");

        Assert.Contains("libstdc++.so.6", missing);
        Assert.DoesNotContain("libm.so.6", missing);
        Assert.DoesNotContain("libc.so.6", missing);
    }

    [Fact]
    public void WhatCannotBeReadNeedsNothing()
    {
        Assert.Empty(NativeImports.Read(_directory.File("none.so")));
        Assert.Empty(NativeImports.Read(_directory.Write("text.so", "I am no library")));
        Assert.Empty(NativeImports.Read(_directory.Write("empty.so", "")));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(700)]
    [InlineData(100_000)]
    public void PartsOfLibrariesNeedNothingOrLessButDoNotFail(int length)
    {
        foreach (string library in new[] { LinuxLibrary, WindowsLibrary })
        {
            using FileStream stream = File.OpenRead(library);
            byte[] part = new byte[length];
            stream.ReadExactly(part);

            Assert.Empty(NativeImports.Read(_directory.Write("part", part)));
        }
    }
}
