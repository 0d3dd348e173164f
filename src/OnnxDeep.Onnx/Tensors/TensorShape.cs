namespace OnnxDeep.Onnx.Tensors;

/// <summary>Arithmetic on extents.</summary>
internal static class TensorShape
{
    /// <summary>The maximum number of dimensions of a .NET array.</summary>
    internal const int MostArrayDimensions = 32;

    /// <summary>
    /// The number of elements of a shape; null if an extent is negative or no array can hold so many.
    /// </summary>
    public static long? Count(IEnumerable<long> shape)
    {
        long count = 1;
        bool isTooLarge = false;
        bool isEmpty = false;
        foreach (long extent in shape)
        {
            if (extent < 0)
            {
                return null;
            }

            isEmpty |= extent == 0;
            isTooLarge |= extent > Array.MaxLength || (extent > 0 && count > Array.MaxLength / extent);
            count = isTooLarge || extent == 0 ? 1 : count * extent;
        }

        return isEmpty ? 0 : isTooLarge ? null : count;
    }

    /// <summary>The extents as text, such as <c>[2, 3]</c>.</summary>
    public static string ToText(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>The indices of an element as text, such as <c>[0, 2]</c>; empty for a scalar.</summary>
    internal static string PlaceToText(IReadOnlyList<long> shape, long index)
    {
        long[] place = new long[shape.Count];
        for (int axis = place.Length - 1; axis >= 0; axis--)
        {
            (index, place[axis]) = Math.DivRem(index, shape[axis]);
        }

        return place.Length == 0 ? string.Empty : ToText(place);
    }
}
