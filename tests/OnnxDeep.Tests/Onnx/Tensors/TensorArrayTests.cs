using System.Numerics;
using System.Runtime.InteropServices;

using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Onnx.Tensors;

public sealed class TensorArrayTests
{
    [Fact]
    public void RowsAreArraysAndElementsHaveAnIndexForEachAxis()
    {
        TensorArray table = Create(3, 2);

        Assert.Equal((2, 3, 3, 3, 2), (table.Rank, table.Count, table.Length, table.GetLength(0), table.GetLength(1)));
        Assert.Equal([[0f, 1f], [2f, 3f], [4f, 5f]], table.Cast<float[]>());
        Assert.Equal((3f, 3f, 5f), (table[1, 1], ((float[])table[1])[1], table[-1, -1]));
        Assert.Equal(new float[,] { { 0, 1 }, { 2, 3 }, { 4, 5 } }, table.ToArray());
        Assert.Equal("[[0,1],[2,3],[4,5]]", table.ToString());
    }

    [Fact]
    public void RowsOfRowsAreSuchArraysToo()
    {
        TensorArray images = Create(2, 1, 2, 2);

        Assert.Equal(7f, images[1, 0, 1, 1]);
        Assert.Equal([6f, 7f], (float[])images[1, 0, 1]);
        Assert.Equal("[[4,5],[6,7]]", images[1, 0].ToString());
        Assert.Equal("[[[4,5],[6,7]]]", images[1].ToString());
    }

    [Fact]
    public void EmptyAxesKeepTheirPlace()
    {
        Assert.Equal("[]", Create(0, 3).ToString());
        Assert.Equal("[[],[]]", Create(2, 0).ToString());
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(-4, 0)]
    [InlineData(0, 2)]
    public void IndexOutsideIsAnError(int row, int column)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(3, 2)[row, column]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(3, 2)[0, 0, 0]);
    }

    [Fact]
    public void EveryElementTypeHasAnObjectThatTextFormatsKnow()
    {
        Assert.Equal("[[0.5],[\"NaN\"]]", $"{Of<Half>(OnnxElementType.Float16, [(Half)0.5, Half.NaN])}");
        Assert.Equal("[[1],[-2]]", $"{Of<ushort>(OnnxElementType.BFloat16, [0x3F80, 0xC000])}");
        Assert.Equal("[[18446744073709551615],[0]]", $"{Of<ulong>(OnnxElementType.UInt64, [ulong.MaxValue, 0])}");
        Assert.Equal("[[true],[false]]", $"{Of<bool>(OnnxElementType.Bool, [true, false])}");
        Assert.Equal("[[-1],[1]]", $"{Of<sbyte>(OnnxElementType.Int8, [-1, 1])}");
        Assert.Equal("[[\"ä\"],[\"\"]]", new OnnxTensor([2, 1], ["ä", ""]).ToObject()!.ToString());
        Assert.Equal(
            new Complex(3, 4), ((TensorArray)Of<float>(OnnxElementType.Complex64, [1, 2, 3, 4]))[1, 0]);
        Assert.Equal(
            new Complex(3, 4), ((TensorArray)Of<double>(OnnxElementType.Complex128, [1, 2, 3, 4]))[1, 0]);
    }

    private static object Of<T>(OnnxElementType type, T[] values)
        where T : unmanaged =>
        new OnnxTensor(type, [2, 1], MemoryMarshal.AsBytes<T>(values).ToArray()).ToObject()!;

    private static TensorArray Create(params long[] shape)
    {
        float[] values = [.. Enumerable.Range(0, (int)TensorShape.Count(shape)!).Select(i => (float)i)];
        byte[] bytes = MemoryMarshal.AsBytes<float>(values).ToArray();
        return Assert.IsType<TensorArray>(new OnnxTensor(OnnxElementType.Float, shape, bytes).ToObject());
    }
}
