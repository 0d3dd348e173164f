using System.Net;
using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Telemetry;

/// <summary>
/// What a PowerShell with an empty home folder wrote and contacted, as recorded by strace, which also lets nothing
/// leave the machine: all calls that send or connect fail.
/// </summary>
internal sealed partial class SystemCallRecording
{
    private const string SendingCalls = "connect,sendto,sendmsg,sendmmsg";
    private const string NameServicePort = "53";

    private static readonly string[] s_writingCalls =
    [
        "creat", "mkdir", "mkdirat", "mknod", "mknodat", "rename", "renameat", "renameat2", "link", "linkat",
        "symlink", "symlinkat", "truncate",
    ];

    private static readonly string[] s_openingCalls = ["open", "openat", "openat2"];

    // The files that the C library reads to look up the address of a name.
    private static readonly string[] s_resolverFiles = ["/etc/resolv.conf", "/etc/hosts"];

    // Under each of these, ONNX Runtime's reports would be off anyway.
    private static readonly string[] s_continuousIntegration =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "JENKINS_URL", "CODEBUILD_BUILD_ID",
        "BUILDKITE", "TEAMCITY_VERSION", "APPVEYOR", "BITBUCKET_BUILD_NUMBER", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI",
    ];

    private static readonly string[] s_otherVariables =
    [
        "ONNXDEEP_HOME", "ONNXDEEP_TELEMETRY", "ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED", "PSModulePath",
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    ];

    private readonly string _home;
    private readonly string _location;

    private SystemCallRecording(string home, string location, IEnumerable<string> calls, string output)
    {
        _home = home;
        _location = location;
        Output = output;
        foreach (string call in calls)
        {
            Add(call);
        }
    }

    /// <summary>The standard output.</summary>
    public string Output { get; }

    /// <summary>
    /// The files and folders that were created or opened for writing; ~ is the home folder, and # any number.
    /// </summary>
    public SortedSet<string> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>The addresses other than loopback that were contacted, and name servers wherever they run.</summary>
    public SortedSet<string> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>The local sockets that were contacted, such as that of a name service.</summary>
    public SortedSet<string> LocalSockets { get; } = new(StringComparer.Ordinal);

    /// <summary>The files of the resolver that were read.</summary>
    public SortedSet<string> ResolverFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs PowerShell under strace; the test is skipped if this machine cannot.</summary>
    /// <param name="location">The current folder.</param>
    /// <param name="variables">Variables to set.</param>
    /// <param name="arguments">The arguments of pwsh.</param>
    public static async Task<SystemCallRecording> RunAsync(
        string location, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        await SkipUnlessTraceableAsync();
        using var directory = new TemporaryDirectory();
        string home = Directory.CreateDirectory(directory.File("home")).FullName;
        string traces = Directory.CreateDirectory(directory.File("traces")).FullName;
        IEnumerable<string> calls = s_writingCalls.Concat(s_openingCalls).Select(name => "?" + name);
        string[] tracing =
        [
            "-ff", "-qq", "-y", "--seccomp-bpf", "-o", Path.Combine(traces, "trace"),
            "-e", $"trace=%network,{string.Join(',', calls)}", "-e", $"fault={SendingCalls}:error=ENETUNREACH",
        ];
        ChildProcess shell = await ChildProcess.Run(
            "strace",
            [.. tracing, "dotnet", await PowerShellProcess.FindAsync(), "-NoProfile", "-NonInteractive", .. arguments],
            location,
            Variables(home, variables));
        Assert.True(shell.ExitCode == 0, shell.Output + shell.Error);
        return new SystemCallRecording(
            home, location, Directory.GetFiles(traces).SelectMany(File.ReadLines), shell.Output);
    }

    private static Dictionary<string, string?> Variables(string home, IReadOnlyDictionary<string, string?> variables)
    {
        var all = s_continuousIntegration.Concat(s_otherVariables).ToDictionary(name => name, _ => (string?)null);
        all["HOME"] = home;
        all["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        foreach ((string name, string? value) in variables)
        {
            all[name] = value;
        }

        return all;
    }

    // The tool's launcher would read the packages in the home folder.
    private static async Task SkipUnlessTraceableAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace exists only on Linux.");
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator);
        Assert.SkipUnless(
            folders.Any(folder => File.Exists(Path.Combine(folder, "strace"))), "strace is not installed.");
        ChildProcess probe = await ChildProcess.Run("strace", ["-qq", "-o", "/dev/null", "true"]);
        Assert.SkipUnless(probe.ExitCode == 0, $"strace cannot trace on this machine: {probe.Error.Trim()}");
    }

    private void Add(string call)
    {
        string name = call.Split('(')[0];
        if (InternetAddress().Match(call) is { Success: true } internet)
        {
            var address = IPAddress.Parse(internet.Groups["address"].Value);
            string port = internet.Groups["port"].Value;
            if (port == NameServicePort || !IPAddress.IsLoopback(address))
            {
                Addresses.Add($"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}:{port}");
            }
        }
        else if (name == "connect" && LocalSocket().Match(call) is { Success: true } local)
        {
            LocalSockets.Add(local.Groups[1].Value);
        }
        else if (!FailedCall().IsMatch(call))
        {
            AddPaths(name, call);
        }
    }

    private void AddPaths(string name, string call)
    {
        bool isOpening = s_openingCalls.Contains(name);
        bool isWriting = s_writingCalls.Contains(name) || (isOpening && WritingMode().IsMatch(call));
        foreach (Match match in PathArgument().Matches(call))
        {
            string folder = match.Groups["folder"] is { Success: true } group ? group.Value : _location;
            string path = Path.GetFullPath(match.Groups["path"].Value, folder);
            if (isWriting)
            {
                Written.Add(Number().Replace(path.Replace(_home, "~", StringComparison.Ordinal), "#"));
            }
            else if (isOpening && s_resolverFiles.Contains(path))
            {
                ResolverFiles.Add(path);
            }
        }
    }

    [GeneratedRegex("""sin6?_port=htons\((?<port>\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"(?<address>[^"]+)""")]
    private static partial Regex InternetAddress();

    [GeneratedRegex("""sun_path=@?"([^"]+)""")]
    private static partial Regex LocalSocket();

    [GeneratedRegex(@"\) += -1 E")]
    private static partial Regex FailedCall();

    [GeneratedRegex("O_(?:WRONLY|RDWR|CREAT|TRUNC)")]
    private static partial Regex WritingMode();

    [GeneratedRegex("""(?:(?:AT_FDCWD|\d+)<(?<folder>[^>]+)>, )?"(?<path>[^"]+)"(?=[,)])""")]
    private static partial Regex PathArgument();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
