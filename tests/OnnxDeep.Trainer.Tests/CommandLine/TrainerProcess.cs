namespace OnnxDeep.Tests.CommandLine;

/// <summary>Runs the trainer as users do: as a process with arguments and an environment.</summary>
internal static class TrainerProcess
{
    private static readonly string s_program = Repository.Output("OnnxDeep.Trainer", "OnnxDeep.Trainer.dll");

    public static Task<ChildProcess> Run(
        IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        ChildProcess.Run("dotnet", [s_program, .. arguments], environment: environment);

    /// <summary>Runs it in a folder without arguments.</summary>
    public static Task<ChildProcess> RunIn(string location) => ChildProcess.Run("dotnet", [s_program], location);
}
