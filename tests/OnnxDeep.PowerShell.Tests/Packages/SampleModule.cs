namespace OnnxDeep.Tests.Packages;

/// <summary>A tiny staged module with a package and native files for three platforms, in a temporary folder.</summary>
internal sealed class SampleModule : IDisposable
{
    public const string Notice =
        """
        OnnxDeep

        ----------------------------------------------------------------------------------------------------
        Name: Words
        Version: 1.0
        License: CC0-1.0
        Copyright: None
        Source: https://example.org
        Files: models/words.onnx

        The text about words.
        """;

    private static readonly string[] s_platforms = ["win-x64", "linux-x64", "osx-arm64", "osx"];

    private readonly TemporaryDirectory _directory = new();

    public SampleModule()
    {
        string natives = string.Join(
            ", ", s_platforms.Select(name => $$"""
                "runtimes/{{name}}/native/native.so": { "assetType": "native" }
                """));
        Write(
            "bin/OnnxDeep.PowerShell.deps.json",
            $$"""
            {
              "targets": {
                ".NETCoreApp,Version=v10.0": {
                  "OnnxDeep.PowerShell/1.2.3": { "dependencies": { "Sample": "2.0.0" } },
                  "Sample/2.0.0": { "runtime": { "lib/net8.0/Sample.dll": {} }, "runtimeTargets": { {{natives}} } }
                }
              },
              "libraries": {
                "OnnxDeep.PowerShell/1.2.3": { "type": "project" },
                "Sample/2.0.0": { "type": "package", "path": "sample/2.0.0" }
              }
            }
            """);
        foreach (string platform in s_platforms)
        {
            Write($"bin/runtimes/{platform}/native/native.so", platform);
        }

        Write("bin/Sample.dll", "sample");
        Write("models/words.onnx", "words");
        Write("NOTICE", Notice);
        Write("THIRD-PARTY-NOTICES.txt", "earlier");
        WritePackage("<license type='expression'>MIT</license>");
        _directory.Write("assets.json", $$"""{ "packageFolders": { "{{Slashes(_directory.Path)}}/": {} } }""");
        _directory.Write(
            "OnnxDeep.nuspec",
            """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>OnnxDeep</id>
                <version>1.2.3</version>
                <authors>Somebody</authors>
                <description>A sample.</description>
              </metadata>
            </package>
            """);
    }

    /// <summary>The folder of the packages, after <see cref="PackAsync"/>.</summary>
    public string Output => _directory.File("output");

    /// <summary>Returns the path of a file of the module.</summary>
    public string File(string name) => _directory.File(Path.Combine("module", name));

    /// <summary>Writes a file of the module.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    /// <summary>Writes the package with a licence element.</summary>
    public void WritePackage(string license)
    {
        Directory.CreateDirectory(_directory.File("sample/2.0.0"));
        _directory.Write(
            "sample/2.0.0/sample.nuspec",
            $"<package><metadata><id>Sample</id><authors>Somebody</authors>{license}</metadata></package>");
        _directory.Write("sample/2.0.0/sample.2.0.0.nupkg.sha512", Convert.ToBase64String(new byte[64]));
    }

    /// <summary>Packs the module.</summary>
    public async Task PackAsync()
    {
        ChildProcess pack = await RunAsync("pack", _directory.File("OnnxDeep.nuspec"), Output);
        Assert.True(pack.ExitCode == 0, pack.Error);
    }

    /// <summary>Asserts the only problem that stops the notices from being written.</summary>
    public Task AssertNoticeProblem(string file, string message) => AssertProblem(File(file), message);

    /// <summary>Asserts the only problem with the package.</summary>
    public Task AssertPackageProblem(string message) =>
        AssertProblem(_directory.File("sample/2.0.0/sample.nuspec"), message);

    public void Dispose() => _directory.Dispose();

    private static string Slashes(string path) => path.Replace('\\', '/');

    private async Task AssertProblem(string place, string message)
    {
        ChildProcess notices = await RunAsync("notices");

        Assert.Equal($"{Slashes(place)} : error NOTICES: {message}", Slashes(notices.Error).Trim());
        Assert.Equal(1, notices.ExitCode);
        Assert.Equal("earlier", await System.IO.File.ReadAllTextAsync(File("THIRD-PARTY-NOTICES.txt")));
    }

    private Task<ChildProcess> RunAsync(string command, params string[] arguments) => ChildProcess.Run(
        "dotnet",
        [
            Repository.Output("OnnxDeep.Packager", "OnnxDeep.Packager.dll"), command,
            _directory.File("module"), _directory.File("assets.json"), .. arguments,
        ]);
}
