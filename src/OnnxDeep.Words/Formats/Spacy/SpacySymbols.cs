using System.Collections.Frozen;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>
/// The strings that spaCy represents by small numbers instead of hashes, and therefore omits from strings.json:
/// "number", "mark" and "root" are also words. FLAG19 to FLAG63 and 104 to 379, the morphological features that 3.0
/// removed, are left out because they are not words. Source: spacy/symbols.pxd of the releases 2.0.0 to 3.8.
/// </summary>
internal static class SpacySymbols
{
    // Releases 2.1 to 2.3 agree with 3.x below this number; their other symbols are not words.
    private const ulong FirstOf3 = 453;

    // The first id since 2.1, and in 2.0, where 0 means none: those strings had a hash there, like any other.
    private static readonly (ulong First, ulong FirstIn20, string Names)[] s_runs =
    [
        (1, 1,
            "IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE IS_UPPER LIKE_URL LIKE_NUM LIKE_EMAIL "
            + "IS_STOP IS_OOV_DEPRECATED IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY"),
        (64, 64,
            "ID ORTH LOWER NORM SHAPE PREFIX SUFFIX LENGTH CLUSTER LEMMA POS TAG DEP ENT_IOB ENT_TYPE HEAD "
            + "SENT_START SPACY PROB"),
        (83, 449, "LANG"),
        (84, 83,
            "ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X EOL SPACE"),
        (380, 378, "PERSON NORP FACILITY ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE"),
        (390, 448, "LAW"),
        (391, 388,
            "DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL acomp advcl advmod agent amod appos attr aux auxpass "
            + "cc ccomp complm conj cop csubj csubjpass dep det dobj expl hmod hyph infmod intj iobj mark meta neg "
            + "nmod nn npadvmod nsubj nsubjpass num number oprd obj obl parataxis partmod pcomp pobj poss possessive "
            + "preconj prep prt punct quantmod"),
        (447, 0, "relcl"),
        (448, 444, "rcmod root xcomp acl"),
        (452, 0, "ENT_KB_ID"),
        (FirstOf3, 0, "MORPH ENT_ID IDX _"),
    ];

    private static readonly FrozenDictionary<ulong, string> s_names = Number(run => run.First);
    private static readonly FrozenDictionary<ulong, string> s_namesIn20 = Number(run => run.FirstIn20);

    /// <summary>Gets the string for a small number.</summary>
    /// <param name="id">A key in key2row.</param>
    /// <param name="version">The version of spaCy.</param>
    /// <returns>The string; null for hashes and for symbols that are not words.</returns>
    public static string? NameOf(ulong id, Version version)
    {
        if (version.Major == 2 && (version.Minor == 0 || id >= FirstOf3))
        {
            return version.Minor == 0 ? s_namesIn20.GetValueOrDefault(id) : null;
        }

        return s_names.GetValueOrDefault(id);
    }

    private static FrozenDictionary<ulong, string> Number(
        Func<(ulong First, ulong FirstIn20, string Names), ulong> first)
    {
        var names = new Dictionary<ulong, string>();
        foreach ((ulong First, ulong FirstIn20, string Names) run in s_runs.Where(run => first(run) > 0))
        {
            ulong id = first(run);
            foreach (string name in run.Names.Split(' '))
            {
                names.Add(id++, name);
            }
        }

        return names.ToFrozenDictionary();
    }
}
