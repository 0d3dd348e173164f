using System.Globalization;

using OnnxDeep.IO;

namespace OnnxDeep.Inference.Testing;

/// <summary>A folder with a model and test data for it.</summary>
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

    /// <summary>The full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The name of the folder.</summary>
    public string Name { get; }

    /// <summary>The path of the model.</summary>
    public string Model { get; }

    /// <summary>The test_data_set_N folders in numeric order.</summary>
    public IReadOnlyList<string> DataSets { get; }

    /// <summary>Returns the folder itself, or all test folders below it, in the order of their paths.</summary>
    /// <exception cref="ModelException">The folder does not exist or contains no model.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IReadOnlyList<ModelTestFolder> Find(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (File.Exists(path))
        {
            throw new ModelException(
                ErrorIds.ModelTestsNotFound,
                $"'{path}' is a file, but a test is a folder with a model.onnx and folders of its data, such as "
                + "test_data_set_0. Specify the folder.");
        }

        if (!Directory.Exists(path))
        {
            throw PathProblem.Find(path) ?? new ModelException(
                ErrorIds.ModelTestsNotFound,
                $"There is no folder '{path}'. Specify a folder that contains a model.onnx, or a tree of "
                + "such folders.");
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
            $"There is no model.onnx in '{path}' or below it. Specify a folder with the ONNX backend-test layout.");
    }

    /// <summary>Returns the files of a data set, such as input_0.pb, in numeric order.</summary>
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

    // The number at the end of a name, so that 10 sorts after 9.
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
