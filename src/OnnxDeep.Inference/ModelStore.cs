namespace OnnxDeep.Inference;

/// <summary>A folder of shipped models and vectors, where a bare name is enough.</summary>
public sealed class ModelStore(string directory)
{
    /// <summary>The word classifier that is used where none is named.</summary>
    public const string DefaultModel = "food";

    /// <summary>The vector table that is used where none is named.</summary>
    public const string DefaultVectors = "wordnet-300d";

    private const string ModelExtension = ".onnx";
    private const string TableExtension = ".safetensors";

    /// <summary>The folder.</summary>
    public string Directory { get; } = Path.GetFullPath(directory);

    /// <summary>The names of the models in the folder, sorted.</summary>
    public IReadOnlyList<string> GetModelNames() => GetNames(ModelExtension);

    /// <summary>The names of the vector tables in the folder, sorted.</summary>
    public IReadOnlyList<string> GetTableNames() => GetNames(TableExtension);

    /// <summary>The file of a model, given its name in the folder or any path; the name goes first.</summary>
    /// <param name="nameOrPath">What the user gave.</param>
    /// <param name="path">The same as a full path, where it is not the process's folder that counts.</param>
    /// <exception cref="ModelException">There is neither; the message lists the names.</exception>
    public string ResolveModel(string nameOrPath, string? path = null) => Resolve(nameOrPath, path, ModelExtension) ?? throw new ModelException(
        ModelException.NotFound,
        $"There is no model '{nameOrPath}'. Give the path of an .onnx file, or one of the names in '{Directory}': "
        + $"{List(GetModelNames())}.");

    /// <summary>The file of a vector table, given its name in the folder or any path; the name goes first.</summary>
    /// <param name="nameOrPath">What the user gave.</param>
    /// <param name="path">The same as a full path, where it is not the process's folder that counts.</param>
    /// <exception cref="ModelException">There is neither; the message lists the names.</exception>
    public string ResolveTable(string nameOrPath, string? path = null) => Resolve(nameOrPath, path, TableExtension) ?? throw new ModelException(
        ModelException.VectorsNotFound,
        $"There are no word vectors '{nameOrPath}'. Give the path of a table, or one of the names in '{Directory}': "
        + $"{List(GetTableNames())}.");

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "(none)" : string.Join(", ", names);

    private string? Resolve(string nameOrPath, string? path, string extension)
    {
        if (nameOrPath.Contains('\0'))
        {
            return null;
        }

        if (GetNames(extension).Find(name => name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase)) is string name)
        {
            return Path.Combine(Directory, name + extension);
        }

        // The file's whole name will do too, unless there is such a file where the user is.
        path = Path.GetFullPath(path ?? nameOrPath);
        string inStore = Path.Combine(Directory, Path.GetFileName(nameOrPath));
        return File.Exists(path) ? path
            : nameOrPath == Path.GetFileName(nameOrPath) && File.Exists(inStore) ? inStore
            : null;
    }

    private List<string> GetNames(string extension) => System.IO.Directory.Exists(Directory)
        ? [.. System.IO.Directory.EnumerateFiles(Directory, "*" + extension)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)]
        : [];
}
