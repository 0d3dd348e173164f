namespace OnnxDeep.Trainer.WordNet;

/// <summary>The symbols of relations in the data files.</summary>
internal static class PointerSymbols
{
    /// <summary>Returns the relation for a symbol, or <see langword="null"/> if there is none.</summary>
    public static PointerKind? Parse(ReadOnlySpan<char> symbol) => symbol switch
    {
        "!" => PointerKind.Antonym,
        "@" => PointerKind.Hypernym,
        "@i" => PointerKind.InstanceHypernym,
        "~" => PointerKind.Hyponym,
        "~i" => PointerKind.InstanceHyponym,
        "#m" => PointerKind.MemberHolonym,
        "#s" => PointerKind.SubstanceHolonym,
        "#p" => PointerKind.PartHolonym,
        "%m" => PointerKind.MemberMeronym,
        "%s" => PointerKind.SubstanceMeronym,
        "%p" => PointerKind.PartMeronym,
        "=" => PointerKind.Attribute,
        "+" => PointerKind.DerivationallyRelated,
        ";c" => PointerKind.TopicDomain,
        "-c" => PointerKind.TopicMember,
        ";r" => PointerKind.RegionDomain,
        "-r" => PointerKind.RegionMember,
        ";u" => PointerKind.UsageDomain,
        "-u" => PointerKind.UsageMember,
        "*" => PointerKind.Entailment,
        ">" => PointerKind.Cause,
        "^" => PointerKind.AlsoSee,
        "$" => PointerKind.VerbGroup,
        "&" => PointerKind.SimilarTo,
        "<" => PointerKind.Participle,
        "\\" => PointerKind.Pertainym,
        _ => null,
    };
}
