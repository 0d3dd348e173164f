using OnnxDeep.Inference.Words;

namespace OnnxDeep.Inference.Sessions;

/// <summary>A folder of shipped models, where a bare name is enough.</summary>
internal sealed class ModelStore
{
    /// <summary>The word classifier that is used where none is named.</summary>
    public const string DefaultModel = "food";

    private readonly NamedFiles _files;

    /// <summary>Looks into a folder.</summary>
    public ModelStore(string directory)
    {
        Directory = Path.GetFullPath(directory);
        _files = new NamedFiles(".onnx", () => Directory);
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The names of the models in the folder, sorted.</summary>
    public IReadOnlyList<string> GetNames() => _files.GetNames();

    /// <summary>The file of a model, given its name in the folder or any path; the name goes first.</summary>
    /// <param name="nameOrPath">What the user gave.</param>
    /// <param name="path">The same as a full path, where it is not the process's folder that counts.</param>
    /// <exception cref="ModelException">There is neither; the message lists the names.</exception>
    public string Resolve(string nameOrPath, string? path = null) =>
        _files.Resolve(nameOrPath, path) ?? throw new ModelException(
            ErrorIds.ModelNotFound,
            $"There is no model '{nameOrPath}'. Give the path of an .onnx file, or one of the names in "
            + $"'{Directory}': {_files}.");
}
