using System.Runtime.CompilerServices;

namespace OnnxDeep.Tests;

/// <summary>Turns off the usage reports of the programs that tests start, which inherit the variables.</summary>
internal static class UsageReports
{
    private static readonly string[] s_optOuts =
        ["DOTNET_CLI_TELEMETRY_OPTOUT", "ORT_DISABLE_TELEMETRY", "POWERSHELL_TELEMETRY_OPTOUT"];

    [ModuleInitializer]
    internal static void TurnOff() =>
        Array.ForEach(s_optOuts, name => Environment.SetEnvironmentVariable(name, "1"));
}
