namespace OnnxDeep.Onnx.Tensors;

/// <summary>Converts between floating-point types.</summary>
internal static class FloatCast
{
    /// <summary>
    /// Converts a value for an input of another floating-point type; any other value is returned unchanged.
    /// </summary>
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
    /// Converts the elements of a tensor to another type, rounded to nearest. Returns the tensor itself if either type
    /// is not a real floating-point type.
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
