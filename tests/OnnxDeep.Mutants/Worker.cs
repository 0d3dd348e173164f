using System.Globalization;
using System.Reflection;

namespace OnnxDeep.Mutants;

/// <summary>
/// The child process of <see cref="WorkerProcess"/>. It runs one mutant after the other in the folder of the tests,
/// with their dependencies, because starting a process takes longer than most tests.
/// </summary>
internal static class Worker
{
    /// <summary>
    /// The argument that makes the program a worker; it is followed by the projects of the code and the tests.
    /// </summary>
    public const string Argument = "--worker";

    /// <summary>
    /// Reads the number of a mutant and test classes; writes the number of failures and the covered mutants.
    /// </summary>
    public static async Task RunAsync(string project, string testProject)
    {
        TextWriter answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        Type mutants = Assembly.Load(project).GetType("MutantSwitch", throwOnError: true)!;
        FieldInfo active = mutants.GetField("Active")!;
        bool[] met = (bool[])mutants.GetField("Met")!.GetValue(null)!;
        var tests = Assembly.Load(testProject);
        Type runner = Assembly.Load("xunit.v3.runner.inproc.console")
            .GetType("Xunit.Runner.InProc.SystemConsole.ConsoleRunner", throwOnError: true)!;
        MethodInfo entry = runner.GetMethod("EntryPoint")!;
        while (await Console.In.ReadLineAsync() is string line)
        {
            string[] parts = line.Split(' ');
            Array.Clear(met);
            active.SetValue(null, int.Parse(parts[0], CultureInfo.InvariantCulture));
            string[] arguments =
            [
                "-stopOnFail", "-noColor",
                .. parts.Skip(1).SelectMany(name => new[] { "-class", $"OnnxDeep.Tests.{name}" }),
            ];
            var run = (IDisposable)Activator.CreateInstance(runner, arguments, tests)!;
            int code = await (Task<int>)entry.Invoke(run, [TextReader.Null, TextWriter.Null])!;
            run.Dispose();
            active.SetValue(null, 0);
            await answers.WriteLineAsync(
                string.Join(' ', Enumerable.Range(0, met.Length).Where(id => met[id]).Prepend(code)));
            await answers.FlushAsync();
        }
    }
}
