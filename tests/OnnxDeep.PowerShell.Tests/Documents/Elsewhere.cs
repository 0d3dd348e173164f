namespace OnnxDeep.Tests.Documents;

/// <summary>A command in the documents that this test does not run.</summary>
/// <param name="Command">The command, word for word.</param>
/// <param name="Reason">Why the command is not run, or what runs it instead.</param>
/// <param name="File">A file that must contain the command or <paramref name="Text"/>; null if none runs it.</param>
/// <param name="Text">What the file must contain; null for the command itself.</param>
internal sealed record Elsewhere(string Command, string Reason, string? File = null, string? Text = null)
{
    /// <summary>The commands of all documents that this test does not run.</summary>
    public static IReadOnlyList<Elsewhere> All { get; } =
    [
        new("dotnet run -c Release --project src/OnnxDeep.Trainer", "CI runs it.", ".ci/run"),
        new("dotnet test -c Release", "CI runs it; this test is part of it.", ".ci/run"),
        new("dotnet build -c Release", "dotnet test builds the same.", ".ci/run", "dotnet test -c Release"),
        new(
            "dotnet build OnnxDeep.sln -c Release",
            "dotnet test builds the same.",
            ".ci/run",
            "dotnet test -c Release"),
        new(
            "dotnet run -c Release --project src/OnnxDeep.Trainer -- vectors build --wordnet /usr/share/wordnet",
            "A test builds the table with WordNet and compares its bytes.",
            "tests/OnnxDeep.Trainer.Tests/CommandLine/DeterminismTests.cs",
            "\"vectors\", \"build\", \"--wordnet\", wordNet"),
        new(
            "dotnet artifacts/bin/OnnxDeep.PowerShell.Tests/release/OnnxDeep.PowerShell.Tests.dll "
            + "-class OnnxDeep.Tests.ModuleTests",
            "It would run tests within tests.",
            "tests/OnnxDeep.PowerShell.Tests/ModuleTests.cs",
            "class ModuleTests"),
        new("dotnet run -c Release --project tests/OnnxDeep.Benchmarks -- --filter '*'", "It takes an hour."),
        new("dotnet run --project tests/OnnxDeep.Mutants -c Release --no-build", "It takes hours."),
        new("tests/gpu/run", "It needs a GPU."),
        new("tests/gpu/pack", "tests/gpu/run runs it.", "tests/gpu/run", "/pack"),
        new("tests/gpu/check", "tests/gpu/run runs it.", "tests/gpu/run", "/check"),
        new(
            "npm install --prefix examples/browser",
            "CI installs the same packages from the lock file.",
            ".ci/run",
            "tests/node examples/browser"),
        new("npm start --prefix examples/browser", "It does not end; BrowserExampleTests opens the page."),
    ];
}
