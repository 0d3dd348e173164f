using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class AnalogyTests
{
    [Fact]
    public void LengthsDoNotCount()
    {
        float[] sum = Analogy.Combine([[3, 0, 0], [0, 0.5f, 0]], [[0, 0, 7]]);

        Assert.Equal([1f, 1f, -1f], sum);
    }

    [Fact]
    public void VectorOfZerosAddsNothing() => Assert.Equal([1f, 0f], Analogy.Combine([[2, 0], [0, 0]], []));
}
