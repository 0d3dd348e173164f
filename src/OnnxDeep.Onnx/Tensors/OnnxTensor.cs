using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>A tensor that does not depend on a runtime.</summary>
public sealed class OnnxTensor : OnnxValue
{
    /// <summary>Creates a tensor of numbers or Boolean values.</summary>
    /// <param name="elementType">Any type except String.</param>
    /// <param name="shape">The extents, each 0 or more; none for a scalar.</param>
    /// <param name="bytes">The elements in row-major order, little endian; not copied.</param>
    /// <exception cref="ArgumentException">The bytes do not match the shape, or the type has no fixed size.</exception>
    public OnnxTensor(OnnxElementType elementType, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        int size = elementType.GetSize();
        long? count = TensorShape.Count(shape);
        if (size == 0 || count is null || bytes.Length % size != 0 || bytes.Length / size != count)
        {
            throw new ArgumentException(
                $"{bytes.Length} bytes do not fill a {elementType.GetName()} tensor {TensorShape.ToText(shape)}.",
                nameof(bytes));
        }

        ElementType = elementType;
        Shape = CellText.List(shape);
        Bytes = bytes;
        Strings = CellText.List<string>([]);
        Count = (int)count;
    }

    /// <summary>Creates a tensor of texts.</summary>
    /// <param name="shape">The extents, each 0 or more; none for a scalar.</param>
    /// <param name="strings">The elements in row-major order; not copied.</param>
    /// <exception cref="ArgumentException">The number of texts does not match the shape.</exception>
    public OnnxTensor(IReadOnlyList<long> shape, IReadOnlyList<string> strings)
    {
        if (TensorShape.Count(shape) != strings.Count)
        {
            throw new ArgumentException(
                $"{strings.Count} texts do not fill a tensor {TensorShape.ToText(shape)}.", nameof(strings));
        }

        ElementType = OnnxElementType.String;
        Shape = CellText.List(shape);
        Strings = CellText.List(strings);
        Count = strings.Count;
    }

    /// <summary>The element type.</summary>
    public OnnxElementType ElementType { get; }

    /// <summary>The extents; none for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count { get; }

    /// <summary>The elements in row-major order, little endian; empty for texts.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The elements of a tensor of texts in row-major order; otherwise empty.</summary>
    public IReadOnlyList<string> Strings { get; }

    /// <summary>
    /// Gets an element by its row-major index: a number, a bool or a string; float16 and bfloat16 as float, which has
    /// all of their values.
    /// </summary>
    /// <exception cref="NotSupportedException">There is no such .NET type.</exception>
    public object GetElement(int index)
    {
        if (ElementType == OnnxElementType.String)
        {
            return Strings[index];
        }

        int size = ElementType.GetSize();
        ReadOnlySpan<byte> bytes = Bytes.Span.Slice(index * size, size);
        return ElementType switch
        {
            OnnxElementType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            OnnxElementType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            OnnxElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            OnnxElementType.BFloat16 =>
                BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
            OnnxElementType.UInt8 => bytes[0],
            OnnxElementType.Int8 => (sbyte)bytes[0],
            OnnxElementType.Bool => bytes[0] != 0,
            OnnxElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            OnnxElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            OnnxElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            OnnxElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            OnnxElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            OnnxElementType.Complex64 => new Complex(
                BinaryPrimitives.ReadSingleLittleEndian(bytes), BinaryPrimitives.ReadSingleLittleEndian(bytes[4..])),
            OnnxElementType.Complex128 => new Complex(
                BinaryPrimitives.ReadDoubleLittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..])),
            _ => throw new NotSupportedException($"There is no .NET type for elements of {ElementType.GetName()}."),
        };
    }

    /// <summary>The same elements in another shape with the same number of elements.</summary>
    /// <exception cref="ArgumentException">The shape has a different number of elements.</exception>
    public OnnxTensor Reshape(IReadOnlyList<long> shape) => ElementType == OnnxElementType.String
        ? new OnnxTensor(shape, Strings) { Name = Name }
        : new OnnxTensor(ElementType, shape, Bytes) { Name = Name };

    /// <summary>
    /// The elements as an array with the tensor's number of dimensions; a scalar is an array of one element.
    /// </summary>
    /// <exception cref="NotSupportedException">
    /// There is no such .NET type, or the tensor has more than 32 dimensions, which .NET arrays do not support.
    /// </exception>
    public Array ToArray()
    {
        Type type = ElementType.GetElementClass();
        if (Shape.Count > TensorShape.MostArrayDimensions)
        {
            throw new NotSupportedException($"A .NET array cannot have {Shape.Count} dimensions, only 32.");
        }

        int[] extents = Shape.Count == 0 ? [1] : [.. Shape.Select(extent => (int)extent)];
        var array = Array.CreateInstance(type, extents);
        if (ElementType.IsConverted())
        {
            Fill(array);
        }
        else
        {
            Bytes.Span.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), Bytes.Length));
        }

        return array;
    }

    /// <summary>
    /// A scalar's element, an array if there is one axis, otherwise a <see cref="TensorArray"/>.
    /// </summary>
    public override object? ToObject() => Shape.Count switch
    {
        0 => GetElement(0),
        1 => ToArray(),
        _ => new TensorArray(this),
    };

    /// <summary>The type and shape, such as <c>float [2, 3]</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{ElementType.GetName()} {TensorShape.ToText(Shape)}");

    /// <summary>
    /// Converts a value for an input of another floating-point type; any other value is returned unchanged.
    /// </summary>
    /// <inheritdoc cref="CastFloats(OnnxTensor, OnnxElementType)"/>
    internal static OnnxValue CastFloats(OnnxValue value, OnnxType type) => (value, type.Kind) switch
    {
        (OnnxTensor tensor, OnnxTypeKind.Tensor) => CastFloats(tensor, type.ElementType),
        (OnnxTensor tensor, OnnxTypeKind.Optional) => CastFloats(tensor, type.Item!),
        (OnnxOptional { Value: OnnxValue inner }, _) => CastFloats(inner, type),
        (OnnxSequence sequence, OnnxTypeKind.Sequence) =>
            new OnnxSequence([.. sequence.Items.Select(item => CastFloats(item, type.Item!))]),
        _ => value,
    };

    /// <summary>
    /// Converts the elements of a tensor to another type, rounded to nearest. Returns the tensor itself if either type
    /// is not a real floating-point type.
    /// </summary>
    /// <exception cref="OverflowException">A finite element is beyond the range of the type.</exception>
    internal static OnnxTensor CastFloats(OnnxTensor tensor, OnnxElementType type)
    {
        if (tensor.ElementType == type || !IsReal(tensor.ElementType) || !IsReal(type))
        {
            return tensor;
        }

        int size = type.GetSize();
        byte[] bytes = new byte[(long)tensor.Count * size];
        for (int i = 0; i < tensor.Count; i++)
        {
            object element = tensor.GetElement(i);
            if (!ElementWriter.TryWrite(element, type, bytes.AsSpan(i * size, size)))
            {
                throw new OverflowException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The value {element} is beyond the range of {type.GetName()}, "
                    + $"{ElementWriter.FindRange(element, type)}."));
            }
        }

        return new OnnxTensor(type, tensor.Shape, bytes);
    }

    private void Fill(Array array)
    {
        int[] place = new int[array.Rank];
        for (int i = 0; i < Count; i++)
        {
            array.SetValue(GetElement(i), place);
            for (int axis = place.Length - 1; axis >= 0 && ++place[axis] == array.GetLength(axis); axis--)
            {
                place[axis] = 0;
            }
        }
    }

    private static bool IsReal(OnnxElementType type) =>
        type.IsFloatingPoint() && type is not (OnnxElementType.Complex64 or OnnxElementType.Complex128);
}
