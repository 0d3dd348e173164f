namespace OnnxDeep.Onnx.Rows;

/// <summary>The rules for the operators of classical machine learning and of text.</summary>
internal static class RowTrees
{
    /// <summary>Adds the rules.</summary>
    public static void AddTo(Dictionary<string, Func<RowNode, IReadOnlyList<RowValue?>>> rules)
    {
        foreach (string name in new[] { "LinearClassifier", "SVMClassifier", "TreeEnsembleClassifier" })
        {
            rules.Add(name, node => IsTable(node) ? [RowValue.Rows(1), RowValue.Rows(2)] : []);
        }

        foreach (string name in new[]
        {
            "Imputer", "LinearRegressor", "Normalizer", "SVMRegressor", "Scaler", "TfIdfVectorizer", "TreeEnsemble",
            "TreeEnsembleRegressor",
        })
        {
            rules.Add(name, node => IsTable(node) ? [RowValue.Rows(2)] : []);
        }

        // A sequence with a map for each row.
        rules.Add("ZipMap", node => IsTable(node) ? [RowValue.Rows(null)] : []);
        rules.Add("OneHotEncoder", node => node.HasRowsOnly ? [RowValue.Rows(node.Rank + 1)] : []);
        rules.Add("FeatureVectorizer", node => node.Inputs.All(input => input is { Kind: RowKind.Rows, Rank: 2 })
            ? [RowValue.Rows(2)]
            : []);
        rules.Add("ArrayFeatureExtractor", Extract);

        // Without words to leave out, every text stays in its place.
        rules.Add("StringNormalizer", node => node is { HasRowsOnly: true, Rank: 1 } && !node.HasTexts("stopwords")
            ? [node.First]
            : []);
    }

    private static bool IsTable(RowNode node) => node is { HasRowsOnly: true, Rank: 2 };

    // Selects columns; a list of labels gives one row with the label of each.
    private static IReadOnlyList<RowValue?> Extract(RowNode node) =>
        IsTable(node) ? [RowValue.Rows(2)]
        : node.First is { Kind: RowKind.Fixed } labels
            && (labels.Rank == 1 || labels is { Rank: 2, First: 1 })
            && node.Input(1) is { Kind: RowKind.Rows }
                ? [new RowValue(RowKind.Blocks, 2)]
                : [];
}
