using System.Globalization;
using System.Text.Json;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>What a built table says of itself.</summary>
internal static class WordNetVectorMetadata
{
    /// <summary>Name, source, licence and every option that the numbers depend on.</summary>
    public static Dictionary<string, string> Of(WordNetVectorOptions options) => new(StringComparer.Ordinal)
    {
        [WordVectorTableNames.NameKey] = string.Create(CultureInfo.InvariantCulture, $"wordnet-{options.Dimensions}d"),
        [WordVectorTableNames.SourceKey] = options.Supplemented
            ? "WordNet 3.0 and a supplement of our own"
            : "WordNet 3.0",
        [WordVectorTableNames.LicenseKey] =
            "WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. See NOTICE.",
        ["method"] = "positive pointwise mutual information of lemmas with the glosses, hypernyms and relations of "
            + "their senses; truncated singular value decomposition; rows U·S^p of equal length",
        ["parameters"] = JsonSerializer.Serialize(options),
    };
}
