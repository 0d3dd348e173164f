using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Converts values to and from ONNX Runtime's representation. Both directions copy.</summary>
internal static class OrtValues
{
    /// <summary>Creates the runtime's value; the caller disposes it.</summary>
    /// <param name="value">Any value except an optional without a value, which is not passed to the runtime.</param>
    /// <param name="type">The type of the input; determines the element type of an empty sequence.</param>
    public static OrtValue ToRuntime(OnnxValue value, OnnxType? type) => value switch
    {
        OnnxTensor { ElementType: OnnxElementType.String } tensor => FromStrings(tensor),
        OnnxTensor tensor => FromBytes(tensor),
        OnnxSequence { Items.Count: 0 } => CreateEmptySequence(type),
        OnnxSequence sequence => CreateSequence(sequence, type),
        OnnxMap map => CreateMap(map),
        OnnxOptional { Value: OnnxValue inner } => ToRuntime(inner, type?.Item),
        _ => throw new ArgumentException($"ONNX Runtime has no value of this kind: {value}.", nameof(value)),
    };

    /// <summary>Copies the runtime's value.</summary>
    /// <exception cref="ModelException">The value is of a kind that this version does not support.</exception>
    public static OnnxValue FromRuntime(OrtValue value)
    {
        switch (value.OnnxType)
        {
            case OnnxValueType.ONNX_TYPE_TENSOR:
                return ReadTensor(value);
            case OnnxValueType.ONNX_TYPE_SEQUENCE:
                return new OnnxSequence(
                    [.. Enumerable.Range(0, value.GetValueCount()).Select(i => ReadItem(value, i))]);
            case OnnxValueType.ONNX_TYPE_MAP:
                return new OnnxMap((OnnxTensor)ReadItem(value, 0), (OnnxTensor)ReadItem(value, 1));
            case OnnxValueType.ONNX_TYPE_UNKNOWN:
                return new OnnxOptional(null);
            default:
                throw new ModelException(
                    ErrorIds.ModelOutputMismatch,
                    $"The model returns a value of the kind {value.OnnxType}, which this version cannot read. "
                    + "Select other outputs.");
        }
    }

    private static OnnxValue ReadItem(OrtValue value, int index)
    {
        using OrtValue item = value.GetValue(index, OrtAllocator.DefaultInstance);
        return FromRuntime(item);
    }

    private static OnnxTensor ReadTensor(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        return info.IsString
            ? new OnnxTensor(info.Shape, info.ElementCount == 0 ? [] : value.GetStringTensorAsArray())
            : new OnnxTensor(
                (OnnxElementType)info.ElementDataType,
                info.Shape,
                info.ElementCount == 0 ? [] : value.GetTensorMutableRawData().ToArray());
    }

    private static OrtValue FromStrings(OnnxTensor tensor)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [.. tensor.Shape]);
        for (int i = 0; i < tensor.Count; i++)
        {
            value.StringTensorSetElementAt(tensor.Strings[i].AsSpan(), i);
        }

        return value;
    }

    private static OrtValue FromBytes(OnnxTensor tensor)
    {
        var value = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, (TensorElementType)tensor.ElementType, [.. tensor.Shape]);
        if (tensor.Count > 0)
        {
            tensor.Bytes.Span.CopyTo(value.GetTensorMutableRawData());
        }

        return value;
    }

    private static OrtValue CreateSequence(OnnxSequence sequence, OnnxType? type)
    {
        var items = new List<OrtValue>();
        try
        {
            foreach (OnnxValue item in sequence.Items)
            {
                items.Add(ToRuntime(item, type?.Item));
            }

            // The sequence owns the items from here on.
            return OrtValue.CreateSequence(items);
        }
        catch
        {
            items.ForEach(item => item.Dispose());
            throw;
        }
    }

    private static OrtValue CreateMap(OnnxMap map)
    {
        OrtValue keys = ToRuntime(map.Keys, null);
        OrtValue values = ToRuntime(map.Values, null);
        return OrtValue.CreateMap(ref keys, ref values);
    }

    // The runtime's interface cannot create empty sequences, but a model can.
    private static OrtValue CreateEmptySequence(OnnxType? type)
    {
        OnnxElementType elements = type is { Kind: OnnxTypeKind.Sequence, Item.Kind: OnnxTypeKind.Tensor }
            ? type.Item.ElementType
            : OnnxElementType.Float;
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = 1,
        };
        using InferenceSession session = OnnxRuntimeHost.CreateSession(OnnxGraph.WriteEmptySequence(elements), options);
        using var run = new RunOptions();

        // Not disposed: disposing the collection would also dispose the returned value.
        return session.Run(run, Array.Empty<string>(), Array.Empty<OrtValue>(), session.OutputNames)[0];
    }
}
