namespace OnnxDeep.Mutants;

/// <summary>A part of the code that is mutated, and the tests that should notice.</summary>
/// <param name="Name">What the command line and the report call it.</param>
/// <param name="Project">The project of the files.</param>
/// <param name="Files">Under the project's folder; a star stands for any name.</param>
/// <param name="TestProject">The project of the tests.</param>
/// <param name="TestClasses">Under OnnxDeep.Tests; the quick ones first.</param>
internal sealed record Piece(string Name, string Project, string[] Files, string TestProject, string[] TestClasses)
{
    /// <summary>All pieces, those first where a mistake costs most.</summary>
    public static IReadOnlyList<Piece> All { get; } =
    [
        new(
            "Training",
            "OnnxDeep",
            ["Training/*.cs"],
            "OnnxDeep.Tests",
            [
                "Training.LossCurveTests", "Training.NetworkGradientTests", "Training.TrainerTests",
                "Training.OptimizerTests", "Training.TrainerOracleTests", "Training.ClassifierTests",
            ]),
        new(
            "Metrics",
            "OnnxDeep",
            ["Metrics/*.cs"],
            "OnnxDeep.Tests",
            [
                "Metrics.ScoreTests", "Metrics.MeasureTests", "Metrics.ClassificationReportTests",
                "Metrics.ScikitLearnOracleTests",
            ]),
        new(
            "Table",
            "OnnxDeep",
            ["WordVectors/WordVectorTable.cs", "WordVectors/KeyIndex.cs", "WordVectors/StoredKey.cs"],
            "OnnxDeep.Tests",
            [
                "WordVectors.WordVectorTableTests", "WordVectors.WordVectorTableWriterTests",
                "WordVectors.KeyIndexTests", "WordVectors.DamagedTableTests",
            ]),
        new(
            "TermVectorizer",
            "OnnxDeep",
            ["WordVectors/TermVectorizer.cs", "WordVectors/Term.cs"],
            "OnnxDeep.Tests",
            ["WordVectors.TermTests", "WordVectors.TermVectorizerTests", "WordVectors.LabelledWordsTests"]),
        new(
            "ModelRunner",
            "OnnxDeep.Inference",
            ["ModelRunner.cs", "InputBinder.cs"],
            "OnnxDeep.Inference.Tests",
            ["Models.ModelRowsTests", "Models.ModelRunnerTests"]),
    ];
}
