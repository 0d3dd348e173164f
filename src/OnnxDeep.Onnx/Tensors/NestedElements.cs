using System.Collections;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>The elements of nested lists and .NET arrays in row-major order, with their shape.</summary>
internal sealed class NestedElements
{
    private readonly Func<object?, object?> _unwrap;
    private readonly List<object?> _elements = [];
    private readonly List<long> _shape = [];
    private int _depth = -1;

    private NestedElements(Func<object?, object?> unwrap) => _unwrap = unwrap;

    /// <summary>Flattens a value.</summary>
    /// <param name="value">A scalar, a list of lists of scalars, or an array of any rank.</param>
    /// <param name="unwrap">Removes the wrapper that a shell puts around a value.</param>
    /// <returns>The shape and the elements; null if rows have different lengths or contain themselves.</returns>
    public static (long[] Shape, IReadOnlyList<object?> Elements)? Read(object? value, Func<object?, object?> unwrap)
    {
        var reader = new NestedElements(unwrap);
        return reader.Add(value, 0) ? ([.. reader._shape], reader._elements) : null;
    }

    private bool Add(object? value, int level)
    {
        value = _unwrap(value);
        if (value is Array { Rank: > 1 } array)
        {
            return AddArray(array, level);
        }

        if (value is string or not IEnumerable)
        {
            bool isDeep = _depth < 0 || _depth == level;
            _depth = level;
            _elements.Add(value);
            return isDeep;
        }

        if (level >= TensorShape.MostArrayDimensions || (_depth >= 0 && level >= _depth))
        {
            return false;
        }

        object?[] items = [.. ((IEnumerable)value).Cast<object?>()];
        return Extent(level, items.Length)
            && Array.TrueForAll(items, item => Add(item, level + 1))
            && Close(level, items.Length);
    }

    private bool AddArray(Array array, int level)
    {
        for (int axis = 0; axis < array.Rank; axis++)
        {
            if (!Extent(level + axis, array.GetLength(axis)))
            {
                return false;
            }
        }

        foreach (object? item in array)
        {
            if (!Add(item, level + array.Rank))
            {
                return false;
            }
        }

        return array.Length > 0 || Close(level + array.Rank - 1, 0);
    }

    // An empty list ends the shape, since nothing shows how deep it would be.
    private bool Close(int level, int length)
    {
        if (length == 0)
        {
            bool isDeep = _depth < 0 || _depth == level + 1;
            _depth = level + 1;
            return isDeep;
        }

        return true;
    }

    private bool Extent(int level, long extent)
    {
        if (level == _shape.Count)
        {
            _shape.Add(extent);
            return true;
        }

        return level < _shape.Count && _shape[level] == extent;
    }
}
