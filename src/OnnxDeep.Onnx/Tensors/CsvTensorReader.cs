using Microsoft.VisualBasic.FileIO;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Reads text tables as tensors [rows, columns].</summary>
internal static class CsvTensorReader
{
    /// <summary>
    /// Reads a table; a first line without numbers is a header with column names, unless the elements are texts.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="type">The element type.</param>
    /// <exception cref="FileFormatException">
    /// A line has a different number of values from the first, or contains a value of another type.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxTensor Read(string path, OnnxElementType type)
    {
        using var parser = new TextFieldParser(path)
        {
            HasFieldsEnclosedInQuotes = true,
            TrimWhiteSpace = type != OnnxElementType.String,
        };
        parser.SetDelimiters(",", ";", "\t");
        var texts = new List<string>();
        var bytes = new List<byte>();
        byte[] element = new byte[Math.Max(1, type.GetSize())];
        long rows = 0;
        int columns = 0;
        for (long line = 1; !parser.EndOfData; line++)
        {
            string[] fields = ReadFields(parser, path) ?? [];
            if (rows == 0)
            {
                columns = fields.Length;
            }
            else if (fields.Length != columns)
            {
                throw Error(
                    path, line, $"has {fields.Length} values, but the lines above have {columns}. Correct the line.");
            }

            if (type == OnnxElementType.String)
            {
                texts.AddRange(fields);
            }
            else if (Array.Find(fields, field => !ElementWriter.TryWrite(field, type, element)) is not string wrong)
            {
                foreach (string field in fields)
                {
                    ElementWriter.TryWrite(field, type, element);
                    bytes.AddRange(element);
                }
            }
            else if (line == 1)
            {
                continue;
            }
            else
            {
                throw Error(
                    path,
                    line,
                    $"contains '{wrong}', which is not a {type.GetName()}. "
                    + "Correct it, or read the file as another type.",
                    ErrorContext.TextTensor);
            }

            rows++;
        }

        return type == OnnxElementType.String
            ? new OnnxTensor([rows, columns], texts)
            : new OnnxTensor(type, [rows, columns], bytes.ToArray());
    }

    private static string[]? ReadFields(TextFieldParser parser, string path)
    {
        try
        {
            return parser.ReadFields();
        }
        catch (MalformedLineException e)
        {
            throw Error(path, e.LineNumber, "has an unclosed quotation mark. Close it.");
        }
    }

    private static FileFormatException Error(
        string path, long line, string problem, ErrorContext context = ErrorContext.None) =>
        new(ErrorIds.TensorInvalid, TensorFile.Kind, path, $"cannot be read: line {line} {problem}")
        {
            Context = context,
            Line = line,
        };
}
