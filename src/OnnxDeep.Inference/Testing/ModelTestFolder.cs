using System.Globalization;

namespace OnnxDeep.Inference.Testing;

/// <summary>A folder with a model and data to test it with.</summary>
internal sealed class ModelTestFolder
{
    private const string ModelFile = "model.onnx";

    private ModelTestFolder(string path, string model)
    {
        Path = path;
        Model = model;
        Name = System.IO.Path.GetFileName(path);
        DataSets =
        [
            .. Directory.EnumerateDirectories(path, "test_data_set*")
                .OrderBy(Number)
                .ThenBy(name => name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>The folder's own name.</summary>
    public string Name { get; }

    /// <summary>The model's file.</summary>
    public string Model { get; }

    /// <summary>The folders test_data_set_N in the order of their numbers.</summary>
    public IReadOnlyList<string> DataSets { get; }

    /// <summary>The folder itself, or all test folders below it, in the order of their paths.</summary>
    /// <exception cref="ModelException">There is no such folder, or no model in it.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IReadOnlyList<ModelTestFolder> Find(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (!Directory.Exists(path))
        {
            throw new ModelException(
                ErrorIds.ModelTestsNotFound,
                $"There is no folder '{path}'. Give a folder that holds a model.onnx, or a tree of such folders.");
        }

        if (Open(path) is ModelTestFolder folder)
        {
            return [folder];
        }

        ModelTestFolder[] found =
        [
            .. Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(Open)
                .OfType<ModelTestFolder>(),
        ];
        return found.Length > 0 ? found : throw new ModelException(
            ErrorIds.ModelTestsNotFound,
            $"There is no model.onnx in '{path}' or below it. Give a folder of the ONNX backend-test layout.");
    }

    /// <summary>The files of a data set, such as input_0.pb, in the order of their numbers.</summary>
    internal static IReadOnlyList<string> GetFiles(string dataSet, string prefix) =>
    [
        .. Directory.EnumerateFiles(dataSet, $"{prefix}_*.pb")
            .OrderBy(Number)
            .ThenBy(name => name, StringComparer.Ordinal),
    ];

    private static ModelTestFolder? Open(string path)
    {
        string model = System.IO.Path.Combine(path, ModelFile);
        return File.Exists(model) ? new ModelTestFolder(path, model) : null;
    }

    // The digits at the end of a name, so that 10 comes after 9.
    private static long Number(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        int start = name.Length;
        while (start > 0 && char.IsAsciiDigit(name[start - 1]))
        {
            start--;
        }

        return long.TryParse(name[start..], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : 0;
    }
}
