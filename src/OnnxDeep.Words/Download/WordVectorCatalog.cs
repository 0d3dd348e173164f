namespace OnnxDeep.Words.Download;

/// <summary>
/// The word vectors that can be downloaded by name. Sizes and SHA-256 are those that the publishers or others have
/// published for exactly these files; otherwise they are null.
/// </summary>
internal static class WordVectorCatalog
{
    private const string SpacyVersion = "3.8.0";

    private const string Glove6B = "617afb2fe6cbd085c235baf7a465b96f4112bd7f7ccb2b2cbd649fed9cbcf2fb";
    private const string Glove42B = "03d5d7fa28e58762ace4b85fb71fe86a345ef0b5ff39f5390c14869da0fc1970";
    private const string Glove840B = "c06db255e65095393609f19a4cfca20bf3a71e20cc53e892aafa490347e3849f";
    private const string GloveTwitter = "792af52f795d1a32c9842a3240f5f3fe5e941a8ff6df5eb0f9d668092ebc019c";
    private const string WikiNews = "bdeb85f44892c505953e3654183e9cb0d792ee51be0992460593e27198d746f8";
    private const string Crawl = "5bfffffbabdab299d4c9165c47275e8f982807a6eaca37ee1f71d3a79ddb544d";

    /// <summary>All publications, starting with the English ones.</summary>
    public static IReadOnlyList<WordVectorPublication> All { get; } =
    [
        Spacy(
            "en_core_web_md", 684_830, "English, 20,000 vectors", "MIT",
            "5e6329fe3fecedb1d1a02c3ea2172ee0fede6cea6e4aefb6a02d832dba78a310"),
        Spacy(
            "en_core_web_lg", 684_830, "English, 342,918 vectors", "MIT",
            "293e9547a655b25499198ab15a525b05b9407a75f10255e405e8c3854329ab63", 400_658_291),

        Glove("glove.6B", 50, 400_000, "Wikipedia 2014 and Gigaword 5", 862_182_613, Glove6B),
        Glove("glove.6B", 100, 400_000, "Wikipedia 2014 and Gigaword 5", 862_182_613, Glove6B),
        Glove("glove.6B", 200, 400_000, "Wikipedia 2014 and Gigaword 5", 862_182_613, Glove6B),
        Glove("glove.6B", 300, 400_000, "Wikipedia 2014 and Gigaword 5", 862_182_613, Glove6B),
        Glove("glove.42B.300d", 300, 1_900_000, "Common Crawl", 1_877_800_501, Glove42B),
        Glove("glove.840B.300d", 300, 2_200_000, "Common Crawl, upper and lower case", 2_176_768_927, Glove840B),
        Glove("glove.twitter.27B", 25, 1_200_000, "Twitter", 1_520_408_563, GloveTwitter),
        Glove("glove.twitter.27B", 50, 1_200_000, "Twitter", 1_520_408_563, GloveTwitter),
        Glove("glove.twitter.27B", 100, 1_200_000, "Twitter", 1_520_408_563, GloveTwitter),
        Glove("glove.twitter.27B", 200, 1_200_000, "Twitter", 1_520_408_563, GloveTwitter),

        FastText(
            "wiki-news-300d-1M", "vectors-english/wiki-news-300d-1M.vec.zip", 1_000_000,
            "Wikipedia 2017, UMBC and news", 681_808_098, WikiNews),
        FastText(
            "crawl-300d-2M", "vectors-english/crawl-300d-2M.vec.zip", 2_000_000,
            "Common Crawl", 1_523_785_255, Crawl),
        FastText(
            "cc.en.300", "vectors-crawl/cc.en.300.bin.gz", 2_000_000,
            "Common Crawl and Wikipedia, with subwords", 4_503_593_528, null),
        FastText(
            "cc.en.300.vec", "vectors-crawl/cc.en.300.vec.gz", 2_000_000,
            "Common Crawl and Wikipedia", 1_325_960_915, null),

        Spacy(
            "ca_core_news_md", 500_000, "Catalan", "GPL 3.0",
            "c5fb452714d51312aa7052e94148b0a0fd0efa6ffdadf24b64484a745df9bdfc"),
        Spacy(
            "da_core_news_md", 500_000, "Danish", "CC BY-SA 4.0",
            "884380bf67bc587a8ddb829781a275f8dae488093cb457d346cc0808ea2eb355"),
        Spacy(
            "de_core_news_md", 500_000, "German", "MIT",
            "b903f59220f1e76dd672acdaa7fa454d6703fe056c5ccd6457820e70874116d0"),
        Spacy(
            "el_core_news_md", 500_000, "Greek", "CC BY-NC-SA 3.0",
            "a18bdd6d2b81de37eeac2d05f7feada51c54bcda76f910a3feeef1bd34a7b296"),
        Spacy(
            "es_core_news_md", 500_000, "Spanish", "GPL 3.0",
            "478b8bb3f3e8eb149192f7d80e7cd64f990b7e9bccbc5329df41a57e86326be2"),
        Spacy(
            "fr_core_news_md", 500_000, "French", "LGPL-LR",
            "8a70d090a54ef77525c3ffa6a6195b9d365f2cf369ae1cd84ede93f3d709079e"),
        Spacy(
            "it_core_news_md", 500_000, "Italian", "CC BY-NC-SA 3.0",
            "a731d2d8e7c5a7093ac42f88774ea2a2ad3d5809959eedee65632b3533f804ec"),
        Spacy(
            "ja_core_news_md", 480_443, "Japanese", "CC BY-SA 4.0",
            "17c3497539bd970546b75e36c274b3fa183511b6ef59a178017aa02dde3a090a"),
        Spacy(
            "lt_core_news_md", 500_000, "Lithuanian", "CC BY-SA 4.0",
            "d03f5334c3bdc252aa10841a7dd2cb83ebb23ab8e8866869320165f4e523fbc2"),
        Spacy(
            "mk_core_news_md", 274_587, "Macedonian", "CC BY-SA 4.0",
            "23300360bc56902b8b2d9ac92af028744a80e1112d029dcc9a2fa730c6bb74c7"),
        Spacy(
            "nb_core_news_md", 500_000, "Norwegian Bokmål", "MIT",
            "c38bf491c9fa3f94fa8cf50ce6aa7068a47e81be465e27fbab6330077db5995e"),
        Spacy(
            "nl_core_news_md", 500_000, "Dutch", "CC BY-SA 4.0",
            "8969da865bb746189783c40197a7e2c082adda73b7fc0d9a364a5e644ff54e68"),
        Spacy(
            "pl_core_news_md", 500_000, "Polish", "GPL 3.0",
            "4f433a556880c0b7ef01970e7c612c0e30103b893e6d26ed54672d8e056ad9b1"),
        Spacy(
            "pt_core_news_md", 500_000, "Portuguese", "CC BY-SA 4.0",
            "54382cda034e41f3ec605ceeb924cd6cfdbced00a65f7afa12218520ba7008c5"),
        Spacy(
            "ro_core_news_md", 500_000, "Romanian", "CC BY-SA 4.0",
            "e8606efe3732c84a629c7a586d9d6ec2fb197d787513b3033903d56496dc9db1"),
        Spacy(
            "ru_core_news_md", 500_002, "Russian", "MIT",
            "43f456d40e4b70726874e01ce01fce32f50089ba98a2660292e9a6c63a06ebe9"),
        Spacy(
            "zh_core_web_md", 500_000, "Chinese", "MIT",
            "bcf300540fbd15b1b0aac358f327f2a31de8992b346162d5600f843514da0e98"),
    ];

    /// <summary>The publication with a name, ignoring case; null if there is none.</summary>
    public static WordVectorPublication? Find(string name) =>
        All.FirstOrDefault(publication => publication.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // The SHA-256 values are checksum_whl in https://github.com/explosion/spacy-models/tree/master/meta.
    private static WordVectorPublication Spacy(
        string name, int keys, string language, string license, string sha256, long? length = null) => new()
    {
        Name = name,
        Uri = new Uri(
            $"https://github.com/explosion/spacy-models/releases/download/{name}-{SpacyVersion}/"
            + $"{name}-{SpacyVersion}-py3-none-any.whl"),
        Length = length,
        Sha256 = sha256,
        Dimensions = 300,
        Keys = keys,
        License = license,
        Description = $"{language}; vectors of the spaCy model {SpacyVersion}.",
        Publisher = "Explosion",
    };

    // An archive with several sizes is listed once for each.
    private static WordVectorPublication Glove(
        string archive, int dimensions, int keys, string source, long length, string sha256)
    {
        string suffix = $".{dimensions}d";
        string name = archive.EndsWith(suffix, StringComparison.Ordinal) ? archive : archive + suffix;
        return new WordVectorPublication
        {
            Name = name,
            Uri = new Uri($"https://nlp.stanford.edu/data/{archive}.zip"),
            Length = length,
            Sha256 = sha256,
            Entry = $"{name}.txt",
            Dimensions = dimensions,
            Keys = keys,
            License = "PDDL 1.0",
            Description = $"English; GloVe trained on {source}.",
            Publisher = "Stanford NLP",
        };
    }

    private static WordVectorPublication FastText(
        string name, string path, int keys, string source, long length, string? sha256) => new()
    {
        Name = name,
        Uri = new Uri($"https://dl.fbaipublicfiles.com/fasttext/{path}"),
        Length = length,
        Sha256 = sha256,
        Entry = path.EndsWith(".zip", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(path) : null,
        Dimensions = 300,
        Keys = keys,
        License = "CC BY-SA 3.0",
        Description = $"English; fastText trained on {source}.",
        Publisher = "Meta AI",
    };
}
