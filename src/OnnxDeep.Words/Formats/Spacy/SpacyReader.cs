using OnnxDeep.Words.Formats.Archives;
using OnnxDeep.Words.Formats.Arrays;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>Finds and opens the vectors of spaCy models, versions 2 and 3.</summary>
internal static class SpacyReader
{
    private static readonly string[] s_pickleExtensions = [".pkl", ".pickle"];

    /// <summary>Whether these files are a model with vectors.</summary>
    public static bool IsIn(IModelMembers members) => SpacyLayout.FindAll(members.Names).Count > 0;

    /// <summary>Whether the files look like a model, with or without vectors that can be read.</summary>
    public static bool IsLike(IModelMembers members) =>
        members.Names.Any(name => Path.GetFileName(name) is "meta.json" or "strings.json" || IsPickle(name));

    /// <summary>Reads the headers.</summary>
    /// <param name="members">The files; closed with the reader, or if there is no reader.</param>
    /// <exception cref="FileFormatException">There are no vectors, there are several, or they are damaged.</exception>
    public static IVectorReader Open(IModelMembers members)
    {
        try
        {
            IReadOnlyList<SpacyLayout> found = SpacyLayout.FindAll(members.Names);
            return found.Count == 1 ? Open(members, found[0]) : throw NotOne(members, found);
        }
        catch
        {
            members.Dispose();
            throw;
        }
    }

    private static IVectorReader Open(IModelMembers members, SpacyLayout layout)
    {
        SpacyMeta meta = layout.Meta is null
            ? SpacyMeta.Unknown
            : SpacyMeta.Parse(members.ReadSmall(layout.Meta), members.PathOf(layout.Meta));
        Stream stream = members.Open(layout.Vectors);
        try
        {
            string path = members.PathOf(layout.Vectors);
            FloatRows rows = NpyFile.Open(stream, path, members.LengthOf(layout.Vectors));
            SubwordOptions? floret = layout.Config is null
                ? null
                : SpacyConfig.Parse(
                    members.ReadSmall(layout.Config), members.PathOf(layout.Config), rows.Count);
            if (floret is not null)
            {
                return new SpacyFloretReader(members, meta, stream, path, rows, floret);
            }

            if (layout.Key2Row is null && layout.Keys is null)
            {
                throw new FileFormatException(path, 0, "key2row or keys beside it, with the words of its rows");
            }

            return new SpacyVectorReader(members, layout, meta, stream, rows);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileFormatException NotOne(IModelMembers members, IReadOnlyList<SpacyLayout> found)
    {
        if (found.Count > 1)
        {
            return new FileFormatException(
                ErrorIds.VectorsAmbiguous,
                members.Path,
                0,
                $"one spaCy model, found {string.Join(", ", found.Take(10).Select(layout => $"'{layout.Vectors}'"))}",
                "Specify the folder of the model itself.");
        }

        string? pickle = members.Names.FirstOrDefault(IsPickle);
        return pickle is not null
            ? new FileFormatException(
                ErrorIds.VectorsNeedPickle,
                members.PathOf(pickle),
                0,
                "the vectors of a spaCy model, found a Python pickle, which runs code when it is read",
                "Save the model with nlp.to_disk in Python, and import the result.")
            : new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                members.Path,
                0,
                "a spaCy model: a file 'vectors' and beside it 'key2row', in the folder itself or in 'vocab'",
                "Specify the folder of a spaCy model, its 'vocab' or its vectors, or a file.");
    }

    private static bool IsPickle(string name) => Array.Exists(
        s_pickleExtensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
