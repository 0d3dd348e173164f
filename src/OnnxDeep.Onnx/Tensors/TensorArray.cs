using System.Collections;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>
/// A tensor with two or more axes as nested arrays: it enumerates its rows, and each row is an array, or another such
/// object. Scripts index it as nested arrays or as an array of several dimensions; JSON shows nested arrays.
/// </summary>
public sealed class TensorArray : IReadOnlyList<object>
{
    /// <summary>Creates a view of a tensor; its elements are not copied.</summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
    internal TensorArray(OnnxTensor tensor)
    {
        if (tensor.Shape.Count < 2)
        {
            throw new ArgumentException($"{tensor} has no rows.", nameof(tensor));
        }

        Tensor = tensor;
    }

    /// <summary>The number of axes, at least 2.</summary>
    public int Rank => Tensor.Shape.Count;

    /// <summary>The number of rows: the extent of the first axis.</summary>
    public int Count => (int)Tensor.Shape[0];

    /// <summary>The number of rows, as arrays have it.</summary>
    public int Length => Count;

    /// <summary>The tensor.</summary>
    internal OnnxTensor Tensor { get; }

    /// <summary>Gets a row: an array, or the rows of a row; a negative index counts from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public object this[int index] => TensorRows.Get(Tensor, Check(index, 0)).ToObject()!;

    /// <summary>
    /// Gets the element at an index for each of two axes; of a tensor with more axes, the array there.
    /// </summary>
    /// <inheritdoc cref="Get"/>
    public object this[int first, int second] => Get(first, second);

    /// <summary>
    /// Gets the element at an index for each of three axes; of a tensor with more axes, the array there.
    /// </summary>
    /// <inheritdoc cref="Get"/>
    public object this[int first, int second, int third] => Get(first, second, third);

    /// <summary>
    /// Gets the element at an index for each of four axes; of a tensor with more axes, the array there.
    /// </summary>
    /// <inheritdoc cref="Get"/>
    public object this[int first, int second, int third, int fourth] => Get(first, second, third, fourth);

    /// <summary>The extent of an axis.</summary>
    /// <param name="dimension">The axis, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int GetLength(int dimension) => (int)Tensor.Shape[dimension];

    /// <summary>The elements as a .NET array with the same number of dimensions.</summary>
    /// <inheritdoc cref="OnnxTensor.ToArray"/>
    public Array ToArray() => Tensor.ToArray();

    /// <summary>Enumerates the rows.</summary>
    public IEnumerator<object> GetEnumerator()
    {
        for (int row = 0; row < Count; row++)
        {
            yield return this[row];
        }
    }

    /// <summary>The elements as nested arrays in JSON, such as <c>[[1,2],[3,4]]</c>.</summary>
    public override string ToString() => ScriptText.Write(this);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gets what is at these indices; a negative index counts from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    private object Get(params ReadOnlySpan<int> indices)
    {
        if (indices.Length > Rank)
        {
            throw new ArgumentOutOfRangeException(
                nameof(indices), indices.Length, $"{Tensor} has fewer than {indices.Length} axes.");
        }

        OnnxTensor part = Tensor;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            part = TensorRows.Get(part, Check(indices[axis], axis));
        }

        return part.ToObject()!;
    }

    private int Check(int index, int axis)
    {
        long extent = Tensor.Shape[axis];
        return index < extent && index >= -extent
            ? index < 0 ? index + (int)extent : index
            : throw new ArgumentOutOfRangeException(
                nameof(index), index, $"{Tensor} has the extent {extent} on axis {axis}.");
    }
}
