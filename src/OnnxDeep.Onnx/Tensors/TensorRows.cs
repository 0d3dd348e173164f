namespace OnnxDeep.Onnx.Tensors;

/// <summary>Splits and joins tensors along their first axis.</summary>
internal static class TensorRows
{
    /// <summary>Joins tensors.</summary>
    /// <param name="tensors">
    /// At least one tensor; all have the same type and, except for the first extent, the same shape.
    /// </param>
    /// <exception cref="ArgumentException">The tensors have different types or shapes.</exception>
    public static OnnxTensor Join(IReadOnlyList<OnnxTensor> tensors)
    {
        OnnxTensor first = tensors[0];
        if (tensors.Any(tensor => !IsAlike(first, tensor)))
        {
            throw new ArgumentException("Only tensors of one type and shape can be joined.", nameof(tensors));
        }

        long[] shape = [tensors.Sum(tensor => tensor.Shape[0]), .. first.Shape.Skip(1)];
        if (first.ElementType == OnnxElementType.String)
        {
            return new OnnxTensor(shape, [.. tensors.SelectMany(tensor => tensor.Strings)]);
        }

        byte[] bytes = new byte[tensors.Sum(tensor => (long)tensor.Bytes.Length)];
        int place = 0;
        foreach (OnnxTensor tensor in tensors)
        {
            tensor.Bytes.CopyTo(bytes.AsMemory(place));
            place += tensor.Bytes.Length;
        }

        return new OnnxTensor(first.ElementType, shape, bytes);
    }

    /// <summary>Gets a row without the first axis; not copied.</summary>
    /// <param name="tensor">A tensor with at least one axis.</param>
    /// <param name="row">The index of the row, from 0.</param>
    public static OnnxTensor Get(OnnxTensor tensor, int row)
    {
        long[] shape = [.. tensor.Shape.Skip(1)];
        int count = (int)(tensor.Count / tensor.Shape[0]);
        int size = count * tensor.ElementType.GetSize();
        return tensor.ElementType == OnnxElementType.String
            ? new OnnxTensor(shape, [.. tensor.Strings.Skip(row * count).Take(count)])
            : new OnnxTensor(tensor.ElementType, shape, tensor.Bytes.Slice(row * size, size));
    }

    /// <summary>Whether tensors can be joined.</summary>
    public static bool IsAlike(OnnxTensor one, OnnxTensor other) => one.ElementType == other.ElementType
        && one.Shape.Count > 0
        && one.Shape.Skip(1).SequenceEqual(other.Shape.Skip(1));
}
