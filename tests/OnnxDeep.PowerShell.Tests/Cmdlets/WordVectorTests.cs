namespace OnnxDeep.Tests.Cmdlets;

public sealed class WordVectorTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void VectorHasTheTablesDimensionsNormAndName()
    {
        Outcome outcome = _module.Invoke("'lemon', 'Lemon', '«lemon»,' | Get-WordVector").ThrowOnError();

        Assert.All(outcome.Values("Vector"), vector => Assert.Equal(300, ((float[])vector!).Length));
        Assert.All(outcome.Values("Norm"), norm => Assert.InRange((float)norm!, 6.9f, 7.1f));
        Assert.All(outcome.Values("Source"), source => Assert.Equal("wordnet-300d", source));
        Assert.Equal(outcome.Values("Vector").First(), outcome.Values("Vector").Last());
        Assert.Equal("OnnxDeep.WordVector", outcome.Output[0].TypeNames[0]);
    }

    [Fact]
    public void TermOfSeveralWordsTakesItsCollocationElseTheMean()
    {
        Outcome outcome = _module.Invoke("Get-WordVector 'ice cream', icecream, 'lemon guitar', lemon, guitar").ThrowOnError();
        float[][] vectors = [.. outcome.Values("Vector").Cast<float[]>()];

        Assert.Equal(vectors[0], vectors[1]);
        Assert.Equal(vectors[3].Zip(vectors[4], (a, b) => (a + b) / 2), vectors[2]);
    }

    [Fact]
    public void UnknownWordHasNoVector()
    {
        Outcome outcome = _module.Invoke("Get-WordVector qwxzv").ThrowOnError();

        Assert.Equal([false], outcome.Values("IsKnown"));
        Assert.Equal([null], outcome.Values("Vector"));
        Assert.Equal([null], outcome.Values("Norm"));
        Assert.Contains("1 word is unknown", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void SimilarityIsTheCosine()
    {
        Outcome outcome = _module.Invoke(
            """
            $a = (Get-WordVector lemon).Vector; $b = (Get-WordVector lime).Vector; $dot = $na = $nb = 0.0
            for ($i = 0; $i -lt $a.Length; $i++) { $dot += $a[$i] * $b[$i]; $na += $a[$i] * $a[$i]; $nb += $b[$i] * $b[$i] }
            $dot / [math]::Sqrt($na * $nb)
            (Measure-WordSimilarity lemon lime).Similarity
            (Measure-WordSimilarity lemon lemon).Similarity
            """).ThrowOnError();

        Assert.Equal((double)outcome.Output[0].BaseObject, (float)outcome.Output[1].BaseObject, 1e-6);
        Assert.Equal(1, (float)outcome.Output[2].BaseObject, 1e-6);
    }

    [Fact]
    public void LimeIsMoreLikeLemonThanATruckIs()
    {
        float[] values = [.. _module.Invoke("'lime', 'truck' | Measure-WordSimilarity lemon").Values("Similarity").Cast<float>()];

        Assert.True(values[0] > values[1] + 0.2);
    }

    [Fact]
    public void UnknownWordHasNoSimilarity()
    {
        Outcome outcome = _module.Invoke("'lime', 'qwxzv' | Measure-WordSimilarity lemon").ThrowOnError();

        Assert.Equal([true, false], outcome.Values("IsKnown"));
        Assert.Null(outcome.Values("Similarity").Last());
        Assert.Single(outcome.Warnings);
    }

    [Theory]
    [InlineData("Get-WordVector -Word @('', 'lemon')")]
    [InlineData("Measure-WordSimilarity lime -Word @('', 'lemon')")]
    [InlineData("Find-SimilarWord -Word @('', 'lemon') -Top 1")]
    public void BadWordLeavesTheOthers(string script)
    {
        Outcome outcome = _module.Invoke(script);

        Assert.Equal(["EmptyWord"], outcome.ErrorIds);
        Assert.Single(outcome.Output);
    }

    [Fact]
    public void BadReferenceWordEndsTheCommand()
    {
        Outcome outcome = _module.Invoke("& { while ($true) { 'lime' } } | Measure-WordSimilarity ''");

        Assert.Equal(["EmptyWord"], outcome.ErrorIds);
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("Get-WordVector lemon -Vectors nosuch")]
    [InlineData("Measure-WordSimilarity lemon lime -Vectors nosuch")]
    [InlineData("Find-SimilarWord lemon -Vectors nosuch")]
    public void MissingTableEndsTheCommand(string script) =>
        Assert.Equal(["VectorsNotFound"], _module.Invoke(script).ErrorIds);

    [Fact]
    public void NeighboursAreNearestFirstAndTheirSimilaritiesTheCosines()
    {
        Outcome outcome = _module.Invoke("Find-SimilarWord -Word lemon -Top 10").ThrowOnError();
        float[] similarities = [.. outcome.Values("Similarity").Cast<float>()];

        Assert.Equal(Enumerable.Range(1, 10).Cast<object>(), outcome.Values("Position"));
        Assert.Equal(similarities.OrderDescending(), similarities);
        Assert.DoesNotContain("lemon", outcome.Values("Word"));
        Outcome measured = _module.Invoke("$input | Measure-WordSimilarity lemon", outcome.Values("Word"), []).ThrowOnError();
        Assert.All(
            similarities.Zip(measured.Values("Similarity").Cast<float>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void NeighboursOfEachWordOfThePipelineAreTold() => Assert.Equal(
        ["lemon", "lemon", "guitar", "guitar"],
        _module.Invoke("'lemon', 'guitar' | Find-SimilarWord -Top 2").ThrowOnError().Values("ReferenceWord"));

    [Fact]
    public void NeighboursCanBePipedOn() => Assert.All(
        _module.Invoke("Find-SimilarWord lemon -Top 3 | Test-FoodWord").ThrowOnError().Values("Word"),
        word => Assert.NotEqual("lemon", word));

    [Fact]
    public void UnknownWordHasNoNeighbours()
    {
        Outcome outcome = _module.Invoke("Find-SimilarWord qwxzv").ThrowOnError();

        Assert.Empty(outcome.Output);
        Assert.Single(outcome.Warnings);
    }

    [Fact]
    public void AnalogyIsTheSumOfUnitVectorsWithoutItsOwnWords()
    {
        Outcome outcome = _module.Invoke("Find-SimilarWord -Positive king, woman -Negative man -Top 5").ThrowOnError();
        double expected = (double)_module.Invoke(
            """
            $unit = foreach ($word in 'king', 'woman', 'man', $args[0]) {
                $item = Get-WordVector $word
                , ($item.Vector | ForEach-Object { $_ / $item.Norm })
            }
            $dot = $sum = 0.0
            for ($i = 0; $i -lt 300; $i++) {
                $x = $unit[0][$i] + $unit[1][$i] - $unit[2][$i]
                $dot += $x * $unit[3][$i]; $sum += $x * $x
            }
            $dot / [math]::Sqrt($sum)
            """,
            outcome.Values("Word").First()).ThrowOnError().Output[0].BaseObject;

        Assert.All(outcome.Values("ReferenceWord"), name => Assert.Equal("king + woman - man", name));
        Assert.Empty(outcome.Values("Word").Intersect(["king", "woman", "man"]));
        Assert.Equal(expected, (float)outcome.Values("Similarity").First()!, 1e-5);
    }

    [Theory]
    [InlineData("Find-SimilarWord -Positive king, qwxzv", "WordUnknown")]
    [InlineData("Find-SimilarWord -Positive king -Negative ''", "EmptyWord")]
    public void AnalogyWithoutOneOfItsWordsHasNoAnswer(string script, string id)
    {
        Outcome outcome = _module.Invoke(script);

        Assert.Equal([id], outcome.ErrorIds);
        Assert.Empty(outcome.Output);
    }
}
