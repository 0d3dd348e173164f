namespace OnnxDeep.Trainer.WordNet;

/// <summary>The relations of WordNet 3.0 (wninput(5WN)).</summary>
internal enum PointerKind
{
    /// <summary>! in all files.</summary>
    Antonym,

    /// <summary>@ in nouns and verbs: the kind of thing this is.</summary>
    Hypernym,

    /// <summary>@i: the class that this individual belongs to.</summary>
    InstanceHypernym,

    /// <summary>~ in nouns and verbs.</summary>
    Hyponym,

    /// <summary>~i.</summary>
    InstanceHyponym,

    /// <summary>#m: the group that this is a member of.</summary>
    MemberHolonym,

    /// <summary>#s: what this is a substance of.</summary>
    SubstanceHolonym,

    /// <summary>#p: what this is a part of.</summary>
    PartHolonym,

    /// <summary>%m.</summary>
    MemberMeronym,

    /// <summary>%s.</summary>
    SubstanceMeronym,

    /// <summary>%p.</summary>
    PartMeronym,

    /// <summary>= between an attribute and its adjectives.</summary>
    Attribute,

    /// <summary>+: another part of speech from the same stem.</summary>
    DerivationallyRelated,

    /// <summary>;c: the topic that the word belongs to.</summary>
    TopicDomain,

    /// <summary>-c.</summary>
    TopicMember,

    /// <summary>;r: the region where the word is used.</summary>
    RegionDomain,

    /// <summary>-r.</summary>
    RegionMember,

    /// <summary>;u: the usage of the word.</summary>
    UsageDomain,

    /// <summary>-u.</summary>
    UsageMember,

    /// <summary>* in verbs.</summary>
    Entailment,

    /// <summary>&gt; in verbs.</summary>
    Cause,

    /// <summary>^.</summary>
    AlsoSee,

    /// <summary>$ in verbs.</summary>
    VerbGroup,

    /// <summary>&amp; between an adjective and its satellites.</summary>
    SimilarTo,

    /// <summary>&lt; from an adjective to its verb.</summary>
    Participle,

    /// <summary>\ from an adjective to its noun, or from an adverb to its adjective.</summary>
    Pertainym,
}
