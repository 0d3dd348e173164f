namespace OnnxDeep.Onnx.Tensors;

/// <summary>Floating point numbers of one type as those of another.</summary>
internal static class FloatCast
{
    /// <summary>A value as an input of another floating point type takes it; anything else as it is.</summary>
    public static OnnxValue To(OnnxValue value, OnnxType type) => (value, type.Kind) switch
    {
        (OnnxTensor tensor, OnnxTypeKind.Tensor) => To(tensor, type.ElementType),
        (OnnxTensor tensor, OnnxTypeKind.Optional) => To(tensor, type.Item!),
        (OnnxOptional { Value: OnnxValue inner }, _) => To(inner, type),
        (OnnxSequence sequence, OnnxTypeKind.Sequence) =>
            new OnnxSequence([.. sequence.Items.Select(item => To(item, type.Item!))]),
        _ => value,
    };

    /// <summary>
    /// A tensor with elements of another type, rounded to the nearest; itself where either type is no real floating
    /// point one.
    /// </summary>
    public static OnnxTensor To(OnnxTensor tensor, OnnxElementType type)
    {
        if (tensor.ElementType == type || !IsReal(tensor.ElementType) || !IsReal(type))
        {
            return tensor;
        }

        int size = type.GetSize();
        byte[] bytes = new byte[(long)tensor.Count * size];
        for (int i = 0; i < tensor.Count; i++)
        {
            ElementWriter.TryWrite(tensor.GetElement(i), type, bytes.AsSpan(i * size, size));
        }

        return new OnnxTensor(type, tensor.Shape, bytes);
    }

    private static bool IsReal(OnnxElementType type) =>
        type.IsFloatingPoint() && type is not (OnnxElementType.Complex64 or OnnxElementType.Complex128);
}
