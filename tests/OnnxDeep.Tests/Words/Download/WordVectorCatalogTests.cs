using OnnxDeep.Words.Download;

namespace OnnxDeep.Tests.Words.Download;

public sealed class WordVectorCatalogTests
{
    [Fact]
    public void NamesAreUniqueAndFoundInAnyCase()
    {
        Assert.Distinct(
            WordVectorCatalog.All.Select(publication => publication.Name), StringComparer.OrdinalIgnoreCase);
        Assert.All(WordVectorCatalog.All, publication =>
            Assert.Same(publication, WordVectorCatalog.Find(publication.Name.ToUpperInvariant())));
        Assert.Null(WordVectorCatalog.Find("no-such-vectors"));
    }

    [Theory]
    [InlineData("en_core_web_md", null)]
    [InlineData("glove.6B.300d", "glove.6B.300d.txt")]
    [InlineData("glove.840B.300d", "glove.840B.300d.txt")]
    [InlineData("glove.twitter.27B.200d", "glove.twitter.27B.200d.txt")]
    [InlineData("wiki-news-300d-1M", "wiki-news-300d-1M.vec")]
    [InlineData("cc.en.300", null)]
    public void WellKnownVectorsNameTheirEntry(string name, string? entry) =>
        Assert.Equal(entry, WordVectorCatalog.Find(name)!.Entry);

    [Fact]
    public void RequestKnowsWhatTheCatalogueKnows()
    {
        WordVectorPublication publication = WordVectorCatalog.Find("en_core_web_lg")!;

        Assert.Equal(
            new DownloadRequest { Uri = publication.Uri, Length = publication.Length, Sha256 = publication.Sha256 },
            publication.ToRequest());
    }

    [Fact]
    public void FactsAreWellFormed() => Assert.All(WordVectorCatalog.All, publication =>
    {
        Assert.Equal("https", publication.Uri.Scheme);
        Assert.Matches("^[0-9a-f]{64}$", publication.Sha256 ?? new string('0', 64));
        Assert.True(publication.Sha256 is not null || publication.Length is not null);
        Assert.InRange(publication.Length ?? 1, 1, DownloadRequest.DefaultMaximumLength);
        Assert.InRange(publication.Dimensions, 25, 300);
        Assert.InRange(publication.Keys, 100_000, 2_500_000);
        Assert.NotEmpty(publication.License);
        Assert.NotEmpty(publication.Description);
        Assert.NotEmpty(publication.Publisher);
    });

    [Fact]
    public void OneFileHasOneSizeAndOneDigest() => Assert.All(
        WordVectorCatalog.All.GroupBy(publication => publication.Uri),
        file => Assert.Single(file.Select(publication => (publication.Length, publication.Sha256)).Distinct()));
}
