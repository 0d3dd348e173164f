using OnnxDeep.IO;

namespace OnnxDeep.Trainer;

/// <summary>
/// The PowerShell module that the build stages in <c>artifacts/module</c>, next to this program's own output.
/// </summary>
internal sealed class StagedModule
{
    private readonly string _folder;
    private readonly string _repository;

    private StagedModule(string folder)
    {
        _folder = folder;
        _repository = Path.GetFullPath(Path.Combine(folder, "..", "..", ".."));
    }

    /// <summary>Finds the module, given the program's folder <c>artifacts/bin/project/configuration</c>.</summary>
    /// <returns>The module, or null if the program is not where the build put it.</returns>
    public static StagedModule? Find(string programFolder)
    {
        string folder = Path.GetFullPath(Path.Combine(programFolder, "..", "..", "..", "module", "OnnxDeep"));
        return File.Exists(Path.Combine(folder, "OnnxDeep.psd1")) ? new StagedModule(folder) : null;
    }

    /// <summary>Copies models into the module; a model that is already in it is skipped.</summary>
    /// <exception cref="OnnxDeepException">The module's folder is not writable.</exception>
    public void Take(IEnumerable<string> models)
    {
        foreach (string model in models)
        {
            byte[] bytes = File.ReadAllBytes(model);
            string path = Path.Combine(_folder, "models", Path.GetFileName(model));
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                AtomicFile.Write(path, stream => stream.Write(bytes));
            }
        }
    }

    /// <summary>Writes the path of the module and the command that classifies words with it.</summary>
    /// <param name="output">Receives the text.</param>
    /// <param name="location">The folder in which the user enters the command.</param>
    public void WriteNextCommand(TextWriter output, string location)
    {
        // dotnet finds PowerShell through the repository's tool manifest only in the repository's folders.
        string fromRepository = Path.GetRelativePath(_repository, location);
        if (Path.IsPathRooted(fromRepository) || fromRepository.StartsWith("..", StringComparison.Ordinal))
        {
            output.WriteLine($"The module with these models is in {_folder}.");
            return;
        }

        string module = Path.GetRelativePath(location, _folder).Replace('\\', '/');
        string path = module.StartsWith('.') ? module : "./" + module;
        output.WriteLine($"The module with these models is in {module}. Classify words with it:");
        output.WriteLine();
        output.WriteLine($"  dotnet pwsh -Command \"Import-Module {path}; 'salad', 'laptop' | Test-FoodWord\"");
    }
}
