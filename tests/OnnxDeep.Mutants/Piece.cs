namespace OnnxDeep.Mutants;

/// <summary>A part of the code to mutate, and the tests that should detect the changes.</summary>
/// <param name="Name">The name on the command line and in the report.</param>
/// <param name="Project">The project of the files.</param>
/// <param name="Files">Paths relative to the project folder; an asterisk matches any name.</param>
/// <param name="TestProject">The project of the tests.</param>
/// <param name="TestClasses">Test classes in the namespace OnnxDeep.Tests, fastest first.</param>
internal sealed record Piece(string Name, string Project, string[] Files, string TestProject, string[] TestClasses)
{
    /// <summary>All pieces, starting with those in which a mistake costs the most.</summary>
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
