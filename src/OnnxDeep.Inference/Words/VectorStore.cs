using System.Globalization;

using OnnxDeep.IO;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Words;

/// <summary>
/// The vector tables that can be referenced by name: those that the module includes and the user's own.
/// </summary>
internal sealed class VectorStore
{
    /// <summary>The default vector table.</summary>
    public const string DefaultVectors = "wordnet-300d";

    /// <summary>The file extension of vector tables.</summary>
    public const string Extension = ".safetensors";

    /// <summary>The maximum length of a table's name.</summary>
    public const int MaximumNameLength = 100;

    private readonly NamedFiles _shipped;
    private readonly NamedFiles _own;
    private readonly NamedFiles _all;

    /// <summary>Creates a store that searches the module's folder, then the user's.</summary>
    /// <param name="directory">The folder of the tables that the module includes.</param>
    /// <param name="userDirectory">
    /// Called at each look-up, because users can change the folder; null for <see cref="UserData.VectorsDirectory"/>.
    /// </param>
    public VectorStore(string directory, Func<string>? userDirectory = null)
    {
        Directory = Path.GetFullPath(directory);
        userDirectory ??= () => UserData.VectorsDirectoryOrEmpty;
        _shipped = new NamedFiles(Extension, () => Directory);
        _own = new NamedFiles(Extension, userDirectory);
        _all = new NamedFiles(Extension, () => Directory, userDirectory);
    }

    /// <summary>The folder of the tables that the module includes.</summary>
    public string Directory { get; }

    /// <summary>Returns the names of all tables, sorted.</summary>
    public IReadOnlyList<string> GetNames() => _all.GetNames();

    /// <summary>
    /// Returns whether a table with this name is part of the module and therefore cannot be replaced or removed.
    /// </summary>
    public bool IsShipped(string name) => _shipped.Find(name) is not null;

    /// <summary>Returns the path of one of the user's own tables; null if there is none.</summary>
    public string? FindOwn(string name) => _own.Find(name);

    /// <summary>
    /// Returns the path of a table, given its name or any path; names take precedence, and the module's tables over the
    /// user's.
    /// </summary>
    /// <param name="nameOrPath">The name or path from the user.</param>
    /// <param name="path">
    /// The same as a full path, if it is not relative to the current directory of the process.
    /// </param>
    /// <exception cref="ModelException">
    /// Neither a table nor a file has this name; the message lists the tables.
    /// </exception>
    public string Resolve(string nameOrPath, string? path = null) =>
        _all.Resolve(nameOrPath, path) ?? throw PathProblem.Find(path ?? nameOrPath) ?? new ModelException(
            ErrorIds.VectorsNotFound,
            $"There are no word vectors '{nameOrPath}'. Specify the path of a table, or one of these names: {_all}.");

    /// <summary>
    /// Returns the path of the table with this content, which a model was trained on; null if there is none.
    /// </summary>
    public string? FindByContent(string sha256)
    {
        foreach (string name in GetNames())
        {
            string path = _all.Find(name)!;
            try
            {
                using var table = WordVectorTable.Map(path);
                if (table.ContentSha256.Equals(sha256, StringComparison.OrdinalIgnoreCase))
                {
                    return path;
                }
            }
            catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException)
            {
                // A damaged table cannot match; it is reported if it is used by name.
            }
        }

        return null;
    }

    /// <summary>Returns the path for a new table of the user.</summary>
    /// <param name="name">The name from the user or the source.</param>
    /// <param name="replaces">Whether an existing table with this name may be replaced.</param>
    /// <exception cref="ModelException">The name is already used or is not a valid file name.</exception>
    public string GetNewPath(string name, bool replaces)
    {
        if (IsShipped(name))
        {
            throw Shipped(name);
        }

        if (!replaces && FindOwn(name) is string path)
        {
            throw Exists(name, path);
        }

        // A name that differs only by case would be a second file on some systems.
        return FindOwn(name) ?? GetOwnPath(name);
    }

    /// <summary>Creates the error for the name of a table that the user already has.</summary>
    public static ModelException Exists(string name, string path) => new(
        ErrorIds.VectorsExist,
        $"The vector table '{name}' already exists: '{path}'. Replace it, or use another name.");

    /// <summary>Creates the error for a table that is part of the module.</summary>
    public static ModelException Shipped(string name) => new(
        ErrorIds.VectorsShipped,
        $"The vector table '{name}' is part of the module and cannot be replaced or removed. Use another name.");

    /// <summary>Compares the hash in the model's metadata with the table's hash, if both have one.</summary>
    /// <param name="metadata">The metadata of the model.</param>
    /// <param name="modelPath">The model's path in errors.</param>
    /// <param name="table">The vectors.</param>
    /// <param name="allowsOthers">Whether other vectors are allowed.</param>
    /// <exception cref="ModelException">The vectors are different, or the model does not take vectors.</exception>
    public static void CheckMatch(
        ModelMetadata metadata, string modelPath, WordVectorTable table, bool allowsOthers = false)
    {
        CheckTakesVectors(metadata, modelPath);
        if (!allowsOthers
            && metadata.VectorsContentSha256 is { Length: > 0 } trained
            && table.ContentSha256.Length > 0
            && !trained.Equals(table.ContentSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException(
                ErrorIds.VectorsMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model '{modelPath}' was trained on the word vectors '{metadata.VectorsName}' "
                    + $"({Short(trained)}…), not on '{table.Name}' ({Short(table.ContentSha256)}…) "
                    + $"in '{table.Path}'. Use the vectors that it was trained on."));
        }
    }

    /// <summary>
    /// Checks that a model does not take the columns of a table, which may be as many as the numbers of a vector.
    /// </summary>
    /// <exception cref="ModelException">It does.</exception>
    public static void CheckTakesVectors(ModelMetadata metadata, string modelPath)
    {
        if (metadata.Table is TableSchema columns)
        {
            throw new ModelException(
                ErrorIds.ModelTakesColumns,
                $"The model '{modelPath}' takes the columns {columns} of a table, not words. "
                + "Use a model of words.");
        }
    }

    private static string GetOwnPath(string name)
    {
        bool isFileName = name.Length is > 0 and <= MaximumNameLength
            && name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '[', ']']) < 0
            && !name.Any(char.IsControl)
            && name.Trim(' ', '.') == name;
        return isFileName ? Path.Combine(UserData.VectorsDirectory, name + Extension) : throw new ModelException(
            ErrorIds.VectorsNameInvalid,
            $"'{name}' is not a valid name for a vector table. A name has 1 to {MaximumNameLength} characters, "
            + "contains none of / \\ : * ? \" < > | [ ], and does not begin or end with a space or a dot. "
            + "Use another name.");
    }

    private static string Short(string sha256) => sha256.Length > 8 ? sha256[..8] : sha256;
}
