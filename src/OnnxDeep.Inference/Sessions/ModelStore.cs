using OnnxDeep.Inference.Words;
using OnnxDeep.IO;

namespace OnnxDeep.Inference.Sessions;

/// <summary>A folder of shipped models that can be referenced by name.</summary>
internal sealed class ModelStore
{
    /// <summary>The default word classifier.</summary>
    public const string DefaultModel = "food";

    private readonly NamedFiles _files;

    /// <summary>Creates a store for a folder.</summary>
    public ModelStore(string directory)
    {
        Directory = Path.GetFullPath(directory);
        _files = new NamedFiles(".onnx", () => Directory);
    }

    /// <summary>The path of the folder.</summary>
    public string Directory { get; }

    /// <summary>The names of the models in the folder, sorted.</summary>
    public IReadOnlyList<string> GetNames() => _files.GetNames();

    /// <summary>Returns the path of a model, given its name in the folder or any path; names take precedence.</summary>
    /// <param name="nameOrPath">The name or path from the user.</param>
    /// <param name="path">
    /// The same as a full path, if it is not relative to the current directory of the process.
    /// </param>
    /// <exception cref="ModelException">
    /// Neither a model nor a file has this name; the message lists the models.
    /// </exception>
    public string Resolve(string nameOrPath, string? path = null) =>
        _files.Resolve(nameOrPath, path) ?? throw PathProblem.Find(path ?? nameOrPath) ?? new ModelException(
            ErrorIds.ModelNotFound,
            $"There is no model '{nameOrPath}'. Specify the path of an .onnx file, or one of the models in "
            + $"'{Directory}': {_files}.");
}
