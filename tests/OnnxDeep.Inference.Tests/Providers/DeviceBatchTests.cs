using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Words;

namespace OnnxDeep.Tests.Providers;

public sealed class DeviceBatchTests
{
    [Theory]
    [InlineData(true, null, 1200, 256)]
    [InlineData(false, null, 1200, 4096)]
    [InlineData(false, 80L << 30, 1200, 16384)]
    [InlineData(false, 8L << 30, 1 << 20, 8)]
    [InlineData(false, 1L << 30, 1 << 30, 1)]
    [InlineData(false, 8L << 30, 0, 16384)]
    public void RowsFitTheDevice(bool isProcessor, long? memory, long rowBytes, int expected) =>
        Assert.Equal(expected, ExecutionProvider.GetBatchRows(isProcessor, memory, rowBytes));

    [Fact]
    public void ClassifierTellsWhatSuitsItsDevice()
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        Assert.Equal(256, classifier.PreferredBatchSize);
    }
}
