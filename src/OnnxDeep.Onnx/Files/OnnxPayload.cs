namespace OnnxDeep.Onnx.Files;

/// <summary>Numbers of a tensor that stayed in the model's file.</summary>
/// <param name="Field">The field of TensorProto that holds them: raw_data, float_data or double_data.</param>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Length">Bytes; little endian, without gaps.</param>
internal readonly record struct OnnxPayload(int Field, long Offset, long Length);
