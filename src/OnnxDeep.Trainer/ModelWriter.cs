using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Export;

namespace OnnxDeep.Trainer;

/// <summary>Writes a trained model to an ONNX file, with all settings of its training in the metadata.</summary>
internal static class ModelWriter
{
    /// <summary>Writes <c>name.onnx</c> to the folder.</summary>
    /// <returns>The path of the file.</returns>
    /// <exception cref="OnnxDeepException">The folder is not writable.</exception>
    public static string Write(TrainedClassifier model, string directory, VectorSource? vectors)
    {
        string path = Path.Combine(Path.GetFullPath(directory), model.Recipe.Name + ".onnx");
        OnnxExporter.Write(
            path,
            model.Network,
            Describe(model, vectors),
            model.Recipe.Name);
        return path;
    }

    /// <summary>Writes <c>name-words.onnx</c>, which takes the words themselves, to the folder.</summary>
    /// <exception cref="OnnxDeepException">The folder is not writable.</exception>
    public static WordModelExport WriteWords(TrainedClassifier model, string directory, VectorSource vectors)
    {
        string name = model.Recipe.Name + "-words";
        return WordModelExporter.Write(
            Path.Combine(directory, name + ".onnx"),
            model.Network,
            vectors.Table,
            Describe(model, vectors),
            graphName: name);
    }

    private static ModelMetadata Describe(TrainedClassifier model, VectorSource? vectors)
    {
        ModelMetadata metadata = ClassifierMetadata.Describe(model);
        return vectors?.Table.AddTo(metadata, vectors.Sha256) ?? metadata;
    }
}
