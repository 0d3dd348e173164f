namespace OnnxDeep.Tests.Packages;

/// <summary>The check of CI for packages with known vulnerabilities, with a program in the place of the SDK.</summary>
[Trait("Culture", "Any")]
public sealed class VulnerablePackageTests
{
    private const string Vulnerable = "Project 'x' has the following vulnerable packages";
    private const string Clean = "The given project 'x' has no vulnerable packages given the current sources.";

    [Theory]
    [InlineData(Vulnerable, Vulnerable, 1, Vulnerable)]
    [InlineData(Vulnerable, Clean, 0, "No package has a known vulnerability.")]
    [InlineData(Clean, Clean, 0, "NOT CHECKED for vulnerable packages: the package sources cannot be reached")]
    public async Task PackagesAreCheckedIfTheSourcesKnowTheOldOne(
        string aboutOld, string aboutSolution, int exitCode, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for Linux and macOS.");
        using var directory = new TemporaryDirectory();

        ChildProcess check = await RunAsync(
            directory,
            $"""
            case "$1 $2" in
                'list OnnxDeep.sln') echo "{aboutSolution}" ;;
                list*) echo "{aboutOld}" ;;
            esac
            """);

        Assert.Equal(exitCode, check.ExitCode);
        Assert.StartsWith(said, check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnreachableSourcesAreToldAndDoNotFail()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for Linux and macOS.");
        using var directory = new TemporaryDirectory();

        ChildProcess check = await RunAsync(directory, "echo 'error NU1301: no network'; exit 1");

        Assert.Equal(0, check.ExitCode);
        Assert.Matches("^NOT CHECKED for vulnerable packages: .*\nerror NU1301: no network", check.Output);
    }

    private static async Task<ChildProcess> RunAsync(TemporaryDirectory directory, string script)
    {
        string program = directory.Write("dotnet", "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return await ChildProcess.Run(
            "bash",
            [Path.Combine(Repository.Root, ".ci", "vulnerable")],
            environment: new Dictionary<string, string?>
            {
                ["PATH"] = directory.Path + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            });
    }
}
