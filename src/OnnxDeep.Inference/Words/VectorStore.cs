using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Words;

/// <summary>The vector tables that a bare name reaches: those that came with the module, and the user's own.</summary>
internal sealed class VectorStore
{
    /// <summary>The vector table that is used where none is named.</summary>
    public const string DefaultVectors = "wordnet-300d";

    /// <summary>How the files of tables end.</summary>
    public const string Extension = ".safetensors";

    /// <summary>The longest name of a table.</summary>
    public const int MaximumNameLength = 100;

    private readonly NamedFiles _shipped;
    private readonly NamedFiles _own;
    private readonly NamedFiles _all;

    /// <summary>Looks into the module's folder, then into the user's.</summary>
    /// <param name="directory">The folder of the tables that came with the module.</param>
    /// <param name="userDirectory">
    /// Asked at each look-up, since users change it; null is <see cref="UserData.VectorsDirectory"/>.
    /// </param>
    public VectorStore(string directory, Func<string>? userDirectory = null)
    {
        Directory = Path.GetFullPath(directory);
        userDirectory ??= () => UserData.VectorsDirectoryOrEmpty;
        _shipped = new NamedFiles(Extension, () => Directory);
        _own = new NamedFiles(Extension, userDirectory);
        _all = new NamedFiles(Extension, () => Directory, userDirectory);
    }

    /// <summary>The folder of the tables that came with the module.</summary>
    public string Directory { get; }

    /// <summary>The names of all tables, sorted.</summary>
    public IReadOnlyList<string> GetNames() => _all.GetNames();

    /// <summary>Whether a name is one of those that came with the module, which nobody replaces or removes.</summary>
    public bool IsShipped(string name) => _shipped.Find(name) is not null;

    /// <summary>The file of one of the user's own tables; null where there is none.</summary>
    public string? FindOwn(string name) => _own.Find(name);

    /// <summary>
    /// The file of a table, given its name or any path; the name goes first, the module's before the user's.
    /// </summary>
    /// <param name="nameOrPath">What the user gave.</param>
    /// <param name="path">The same as a full path, where it is not the process's folder that counts.</param>
    /// <exception cref="ModelException">There is neither; the message lists the names.</exception>
    public string Resolve(string nameOrPath, string? path = null) =>
        _all.Resolve(nameOrPath, path) ?? throw new ModelException(
            ErrorIds.VectorsNotFound,
            $"There are no word vectors '{nameOrPath}'. Give the path of a table, or one of these names: {_all}.");

    /// <summary>The table with this content, which a model was trained on; null where there is none.</summary>
    public string? FindByContent(string sha256)
    {
        foreach (string name in GetNames())
        {
            string path = _all.Find(name)!;
            try
            {
                using var table = WordVectorTable.Open(path);
                if (table.ContentSha256.Equals(sha256, StringComparison.OrdinalIgnoreCase))
                {
                    return path;
                }
            }
            catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException)
            {
                // A damaged table is not the one; whoever names it will be told.
            }
        }

        return null;
    }

    /// <summary>Where a new table of the user's goes.</summary>
    /// <param name="name">The name that the user or the source gives it.</param>
    /// <param name="replaces">Whether an older table of that name may go.</param>
    /// <exception cref="ModelException">The name is taken, or cannot be that of a file.</exception>
    public string GetNewPath(string name, bool replaces)
    {
        if (IsShipped(name))
        {
            throw Shipped(name);
        }

        if (!replaces && FindOwn(name) is string path)
        {
            throw new ModelException(
                ErrorIds.VectorsExist,
                $"The vector table '{name}' already exists as '{path}'. Replace it, or give "
                + "another name.");
        }

        // A name that differs by case alone would be another file on some systems.
        return FindOwn(name) ?? GetOwnPath(name);
    }

    /// <summary>The error for a table that came with the module.</summary>
    public static ModelException Shipped(string name) => new(
        ErrorIds.VectorsShipped,
        $"The vector table '{name}' belongs to the module and cannot be replaced or removed. Give another name.");

    private static string GetOwnPath(string name)
    {
        bool isFileName = name.Length is > 0 and <= MaximumNameLength
            && name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '[', ']']) < 0
            && !name.Any(char.IsControl)
            && name.Trim(' ', '.') == name;
        return isFileName ? Path.Combine(UserData.VectorsDirectory, name + Extension) : throw new ModelException(
            ErrorIds.VectorsNameInvalid,
            $"'{name}' cannot be the name of a vector table: a name has 1 to {MaximumNameLength} characters, none of "
            + "/ \\ : * ? \" < > | [ ], and neither blanks nor dots at its ends. Give another name.");
    }
}
