namespace OnnxDeep.Words.Lookup;

/// <summary>What a term's vector was made of.</summary>
public enum TermOrigin
{
    /// <summary>There is no vector.</summary>
    Unknown,

    /// <summary>Character n-grams alone: no word of the term is a key of the table.</summary>
    Subword,

    /// <summary>The term's own key, or that of at least one of its words.</summary>
    Key,
}
