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
            "OnnxDeep.Learning",
            ["Training/*.cs"],
            "OnnxDeep.Tests",
            [
                "Learning.Training.LossCurveTests", "Learning.Training.NetworkGradientTests",
                "Learning.Training.TrainerTests", "Learning.Training.OptimizerTests",
                "Learning.Training.TrainerOracleTests", "Learning.Training.ClassifierTests",
            ]),
        new(
            "Metrics",
            "OnnxDeep.Learning",
            ["Metrics/*.cs"],
            "OnnxDeep.Tests",
            [
                "Learning.Metrics.ScoreTests", "Learning.Metrics.MeasureTests",
                "Learning.Metrics.ClassificationReportTests", "Learning.Metrics.ScikitLearnOracleTests",
            ]),
        new(
            "Table",
            "OnnxDeep.Words",
            ["Table/WordVectorTable.cs", "Table/KeyIndex.cs", "Table/StoredKey.cs"],
            "OnnxDeep.Tests",
            [
                "Words.Table.WordVectorTableTests", "Words.Table.WordVectorTableWriterTests",
                "Words.Table.KeyIndexTests", "Words.Table.DamagedTableTests",
            ]),
        new(
            "TermVectorizer",
            "OnnxDeep.Words",
            ["Lookup/TermVectorizer.cs", "Lookup/Term.cs"],
            "OnnxDeep.Tests",
            ["Words.Lookup.TermTests", "Words.Lookup.TermVectorizerTests", "Words.Lookup.LabelledWordsTests"]),
        new(
            "ModelRunner",
            "OnnxDeep.Inference",
            ["Values/ModelRunner.cs", "Values/InputBinder.cs"],
            "OnnxDeep.Inference.Tests",
            ["Values.ModelRowsTests", "Values.ModelRunnerTests"]),
    ];
}
