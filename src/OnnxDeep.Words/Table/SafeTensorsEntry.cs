namespace OnnxDeep.Words.Table;

/// <summary>One tensor of a safetensors file: its type, shape and place.</summary>
/// <param name="Name">The key in the header.</param>
/// <param name="DataType">The format's own name: F32, F16, I8, U8, U32, …</param>
/// <param name="Shape">Row-major extents.</param>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Length">Bytes.</param>
internal sealed record SafeTensorsEntry(string Name, string DataType, long[] Shape, long Offset, long Length);
