using System.Text;

using OnnxDeep.IO;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Reads NumPy arrays as tensors.</summary>
internal static class NpyTensorReader
{
    private const int MostTextUnits = 1 << 20;

    /// <summary>Reads an array, and leaves the reader after it.</summary>
    /// <param name="reader">The file, at the start of the array.</param>
    /// <param name="length">The maximum number of bytes of the file.</param>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="FileFormatException">
    /// The file is not an array of numbers, Boolean values or texts, or is incomplete.
    /// </exception>
    public static OnnxTensor Read(SourceReader reader, long length, string name)
    {
        string path = reader.Path;
        NpyHeader header = Guard(path, () => NpyHeader.Read(reader));
        (OnnxElementType type, int size) = Parse(header.Type, path);
        long count = TensorShape.Count(header.Shape) ?? throw TooLarge(path, header);

        // Do not allocate memory because of the header alone.
        if (count > Array.MaxLength / size)
        {
            throw TooLarge(path, header);
        }

        if (count * size > length - reader.Offset)
        {
            throw TensorFile.Error(
                ErrorIds.TensorTruncated,
                path,
                $"ends too early: {TensorShape.ToText(header.Shape)} takes {Quantity.Of(count * size, "byte")}, "
                + $"but only {Math.Max(0, length - reader.Offset)} follow. Save it again.");
        }

        byte[] bytes = Guard(path, () =>
        {
            byte[] array = new byte[count * size];
            reader.ReadExactly(array, "an array");
            return array;
        });
        if (header.IsFortran && header.Shape.Length > 1)
        {
            bytes = ToRowMajor(bytes, header.Shape, size);
        }

        if (type == OnnxElementType.String)
        {
            return new OnnxTensor(header.Shape, ToTexts(bytes, size, header, path)) { Name = name };
        }

        if (header.Type[0] == '>')
        {
            for (int i = 0; i < bytes.Length; i += size)
            {
                bytes.AsSpan(i, size).Reverse();
            }
        }

        return new OnnxTensor(type, header.Shape, bytes) { Name = name };
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FileFormatException e)
        {
            throw TensorFile.Error(
                e.ErrorId == ErrorIds.VectorsDamaged ? ErrorIds.TensorTruncated : ErrorIds.TensorUnsupported,
                path,
                $"is not a readable NumPy array: it {e.Problem}",
                e);
        }
    }

    private static FileFormatException TooLarge(string path, NpyHeader header) => TensorFile.Error(
        ErrorIds.TensorTooLarge,
        path,
        $"has the shape {TensorShape.ToText(header.Shape)}, which no array can hold. Split it.");

    private static (OnnxElementType Type, int Size) Parse(string type, string path)
    {
        string plain = type.Length > 0 && type[0] is '<' or '>' or '|' or '=' ? type[1..] : type;
        if (plain.Length > 1
            && plain[0] is 'U' or 'S'
            && int.TryParse(plain[1..], out int units)
            && units is > 0 and < MostTextUnits)
        {
            return (OnnxElementType.String, units * (plain[0] == 'U' ? sizeof(int) : 1));
        }

        OnnxElementType found = plain switch
        {
            "f2" => OnnxElementType.Float16,
            "f4" => OnnxElementType.Float,
            "f8" => OnnxElementType.Double,
            "i1" => OnnxElementType.Int8,
            "i2" => OnnxElementType.Int16,
            "i4" => OnnxElementType.Int32,
            "i8" => OnnxElementType.Int64,
            "u1" => OnnxElementType.UInt8,
            "u2" => OnnxElementType.UInt16,
            "u4" => OnnxElementType.UInt32,
            "u8" => OnnxElementType.UInt64,
            "b1" => OnnxElementType.Bool,
            _ => throw TensorFile.Error(
                ErrorIds.TensorUnsupported,
                path,
                $"contains elements of NumPy's type '{type}'. Save it as numbers, Booleans or NumPy strings."),
        };
        return (found, found.GetSize());
    }

    private static byte[] ToRowMajor(byte[] bytes, long[] shape, int size)
    {
        byte[] result = new byte[bytes.Length];
        long[] place = new long[shape.Length];
        for (int from = 0; from < bytes.Length; from += size)
        {
            long to = 0;
            for (int axis = 0; axis < shape.Length; axis++)
            {
                to = (to * shape[axis]) + place[axis];
            }

            bytes.AsSpan(from, size).CopyTo(result.AsSpan((int)to * size));
            for (int axis = 0; axis < shape.Length && ++place[axis] == shape[axis]; axis++)
            {
                place[axis] = 0;
            }
        }

        return result;
    }

    // Shorter texts are padded with zeros. Numpy keeps bytes without an encoding; models take UTF-8 only.
    private static string[] ToTexts(byte[] bytes, int size, NpyHeader header, string path)
    {
        bool isText = header.Type.Contains('U', StringComparison.Ordinal);
        Encoding encoding = isText
            ? new UTF32Encoding(header.Type[0] == '>', byteOrderMark: false, throwOnInvalidCharacters: true)
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        string[] texts = new string[bytes.Length / size];
        for (int i = 0; i < texts.Length; i++)
        {
            try
            {
                texts[i] = encoding.GetString(bytes, i * size, size).TrimEnd('\0');
            }
            catch (DecoderFallbackException e)
            {
                string place = TensorShape.PlaceToText(header.Shape, i);
                string given = Convert.ToHexString(bytes, i * size, size);
                throw TensorFile.Error(
                    ErrorIds.TensorInvalid,
                    path,
                    isText
                        ? $"contains a text at {place} that is not Unicode: 0x{given}. Save it again."
                        : $"contains bytes at {place} that are not UTF-8: 0x{given}. Decode them before you save the "
                            + "array, such as with numpy.char.decode(array, 'latin-1').",
                    e);
            }
        }

        return texts;
    }
}
