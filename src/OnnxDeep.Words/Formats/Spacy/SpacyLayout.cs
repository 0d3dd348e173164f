namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>The files in which a spaCy model stores its vectors; missing files are null.</summary>
/// <param name="Vectors">The rows in NumPy's format.</param>
/// <param name="Key2Row">MessagePack: the row of each hash.</param>
/// <param name="Keys">The older form: a NumPy array with the hash of each row.</param>
/// <param name="Strings">JSON: the words.</param>
/// <param name="Config">JSON: the mode, and floret's settings for n-grams.</param>
/// <param name="Meta">JSON: the model's name and the version of spaCy that created it.</param>
internal sealed record SpacyLayout(
    string Vectors, string? Key2Row, string? Keys, string? Strings, string? Config, string? Meta)
{
    private const string VectorsName = "vectors";
    private const string VocabName = "vocab";
    private const string Key2RowName = "key2row";
    private const string KeysName = "keys";
    private const string StringsName = "strings.json";
    private const string ConfigName = "vectors.cfg";
    private const string MetaName = "meta.json";

    /// <summary>Whether a file is one of a model's small files, which are read into memory.</summary>
    public static bool IsSmall(string name) =>
        Path.GetFileName(name) is Key2RowName or KeysName or StringsName or ConfigName or MetaName;

    /// <summary>The vocabularies among the files that are nearest to the root.</summary>
    public static IReadOnlyList<SpacyLayout> FindAll(IReadOnlyCollection<string> names)
    {
        var all = names as IReadOnlySet<string> ?? names.ToHashSet(StringComparer.Ordinal);
        string[] found =
        [
            .. names
                .Where(name => Path.GetFileName(name) == VectorsName)
                .Select(ParentOf)
                .Where(folder => IsVocab(all, folder)),
        ];
        int depth = found.Select(Depth).DefaultIfEmpty().Min();
        return
        [
            .. found
                .Where(folder => Depth(folder) == depth)
                .Order(StringComparer.Ordinal)
                .Select(folder => At(all, folder)),
        ];
    }

    // "" is the vocabulary itself, whatever its name; v3 may store the vectors in their own folder.
    private static bool IsVocab(IReadOnlySet<string> names, string folder)
    {
        string last = LastPart(folder);
        bool isPlace = folder.Length == 0
            || last == VocabName
            || (last == VectorsName && LastPart(ParentOf(folder)) is "" or VocabName);
        return isPlace
            && (names.Contains(Join(folder, Key2RowName))
                || names.Contains(Join(folder, KeysName))
                || names.Contains(Join(folder, ConfigName)));
    }

    private static SpacyLayout At(IReadOnlySet<string> names, string folder)
    {
        string vocab = LastPart(folder) == VectorsName ? ParentOf(folder) : folder;
        string root = ParentOf(vocab);
        return new SpacyLayout(
            Join(folder, VectorsName),
            Existing(names, Join(folder, Key2RowName)),
            Existing(names, Join(folder, KeysName)),
            Existing(names, Join(folder, StringsName)) ?? Existing(names, Join(ParentOf(folder), StringsName)),
            Existing(names, Join(folder, ConfigName)),
            vocab.Length == 0 ? null : Existing(names, Join(root, MetaName)));
    }

    private static string? Existing(IReadOnlySet<string> names, string name) => names.Contains(name) ? name : null;

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static string ParentOf(string name) =>
        name.LastIndexOf('/') is >= 0 and int slash ? name[..slash] : string.Empty;

    private static string LastPart(string folder) => folder[(folder.LastIndexOf('/') + 1)..];

    private static int Depth(string folder) => folder.Length == 0 ? 0 : folder.Split('/').Length;
}
