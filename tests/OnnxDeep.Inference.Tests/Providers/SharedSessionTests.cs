using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Providers;

[Collection(nameof(SharedSessions))]
public sealed class SharedSessionTests
{
    [Fact]
    public async Task ManyUsersOfOneModelShareOneSession()
    {
        SharedFiles.Clear();
        int before = OnnxSession.OpenCount;

        WordClassifier[] classifiers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Open)));

        Assert.Equal(before + 1, OnnxSession.OpenCount);
        Assert.Single(
            (await Task.WhenAll(classifiers.Select(c => Task.Run(() => c.Classify(["salad"])[0])))).Distinct());
        Array.ForEach(classifiers, classifier => classifier.Dispose());
        SharedFiles.ClearSessions();
        Assert.Equal(before, OnnxSession.OpenCount);
    }

    [Fact]
    public async Task ClearingWhileOthersRunNeitherCrashesNorLeaks()
    {
        SharedFiles.Clear();
        int before = OnnxSession.OpenCount;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                using WordClassifier classifier = Open();
                SharedFiles.ClearSessions();
                Assert.Equal("food", classifier.Classify(["salad"])[0].Label);
            }
        })));

        SharedFiles.ClearSessions();
        Assert.Equal(before, OnnxSession.OpenCount);
    }

    // A second reading would notice that it is cancelled.
    [Fact]
    public void TableIsVerifiedOnceForEachContentOfItsFile()
    {
        using FileLease<WordVectorTable> lease = SharedFiles.RentTable(Repository.DefaultVectors);
        Assert.True(SharedFiles.Verify(lease.Value, TestContext.Current.CancellationToken));
        SharedFiles.Clear();
        using FileLease<WordVectorTable> again = SharedFiles.RentTable(Repository.DefaultVectors);

        Assert.True(SharedFiles.Verify(again.Value, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => again.Value.Verify(new CancellationToken(canceled: true)));
    }

    private static WordClassifier Open() => WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
}
