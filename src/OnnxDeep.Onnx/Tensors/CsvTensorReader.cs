using OnnxDeep.IO;
using OnnxDeep.Numerics;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Reads a text table as a tensor [rows, columns].</summary>
internal sealed class CsvTensorReader
{
    private readonly string _path;
    private readonly TextTableFormat _format;
    private readonly OnnxElementType _type;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _element;
    private readonly List<string> _texts = [];
    private readonly List<byte> _bytes = [];
    private string[]? _header;
    private NumberColumn[]? _columns;

    private CsvTensorReader(string path, TextTableFormat format, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        (_path, _format, _type) = (path, format, format.ElementType);
        _element = new byte[Math.Max(1, _type.GetSize())];
    }

    private bool IsText => _type == OnnxElementType.String;

    /// <summary>Reads a table.</summary>
    /// <exception cref="FileFormatException">
    /// A line has a different number of values from the first, or contains a value of another type, the format of the
    /// numbers is not clear, or more than one character may be the delimiter of texts.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OnnxTensor Read(
        string path, TextTableFormat format, CancellationToken cancellationToken = default) =>
        new CsvTensorReader(path, format, cancellationToken).Read();

    private OnnxTensor Read()
    {
        using var reader = new DelimitedReader(
            _path, _format.Delimiter ?? FindDelimiter(), trims: !IsText, _cancellationToken);
        long rows = 0;
        bool isFirst = true;
        for (; ReadFields(reader) is IReadOnlyList<string> fields; isFirst = false)
        {
            _columns ??= [.. fields.Select(_ => new NumberColumn(_format.Culture))];
            if (isFirst && (_format.HasHeader ?? IsHeader(fields)))
            {
                _header = [.. fields];
                continue;
            }

            CheckWidth(fields, reader.Line);
            Add(fields, reader.Line);
            rows++;
        }

        CheckFormat();
        int columns = _columns?.Length ?? 0;
        return IsText
            ? new OnnxTensor([rows, columns], _texts)
            : new OnnxTensor(_type, [rows, columns], _bytes.ToArray());
    }

    // No number contains a tab or a semicolon, so these are better delimiters than a comma.
    private char FindDelimiter()
    {
        bool hasDecimalCommas = _format.Culture?.NumberFormat.NumberDecimalSeparator == ",";
        char[] candidates = hasDecimalCommas ? ['\t', ';'] : ['\t', ';', ','];
        IReadOnlyList<char> found = DelimitedReader.FindDelimiters(_path, candidates, _cancellationToken);
        return found.Count < 2 || !IsText
            ? found.Append(candidates[^1]).First()
            : throw new FileFormatException(
                ErrorIds.TensorInvalid,
                TensorFile.Kind,
                _path,
                $"cannot be read: {string.Join(" and ", found.Select(c => c == '\t' ? "tabs" : $"'{c}'"))} "
                + "both separate its lines into equal numbers of texts. Specify the delimiter.")
            {
                Context = ErrorContext.TextTensor,
            };
    }

    private IReadOnlyList<string>? ReadFields(DelimitedReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (InvalidDataException e)
        {
            throw Error(reader.Line, e.Message);
        }
    }

    private bool IsHeader(IReadOnlyList<string> fields) => !IsText && fields.All(
        field => NumberText.Normalize(field, _format.Culture, out _) == NumberKind.Text);

    private void CheckWidth(IReadOnlyList<string> fields, long line)
    {
        if (fields.Count != _columns!.Length)
        {
            throw Error(
                line,
                FormattableString.Invariant($"has {fields.Count} {(fields.Count == 1 ? "value" : "values")}, but ")
                + (_header is null ? "the first line has " : "the header has ")
                + FormattableString.Invariant($"{_columns.Length}. Correct the line, or specify the delimiter."),
                ErrorContext.TextTensor);
        }
    }

    private void Add(IReadOnlyList<string> fields, long line)
    {
        if (IsText)
        {
            _texts.AddRange(fields);
            return;
        }

        for (int column = 0; column < fields.Count; column++)
        {
            NumberKind kind = _columns![column].Normalize(line, fields[column], out string plain);
            object value = kind == NumberKind.Boolean ? plain == bool.TrueString : plain;
            if (kind is not (NumberKind.Number or NumberKind.Boolean)
                || !ElementWriter.TryWrite(value, _type, _element))
            {
                CheckFormat();
                string problem = ElementWriter.FindRange(value, _type) is string range
                    ? $"beyond the range of {_type.GetName()}, {range}"
                    : $"not of the type {_type.GetName()}";
                throw Error(
                    line,
                    $"contains '{fields[column]}' in {NameOf(column)}, which is {problem}. "
                    + "Correct it, read the file as another type, or specify whether the first line is a header.",
                    ErrorContext.TextTensor);
            }

            _bytes.AddRange(_element);
        }
    }

    private void CheckFormat()
    {
        for (int column = 0; column < _columns?.Length; column++)
        {
            if (_columns[column].Problem is (long line, string text))
            {
                throw new FileFormatException(
                    ErrorIds.NumberAmbiguous,
                    TensorFile.Kind,
                    _path,
                    FormattableString.Invariant($"cannot be read: line {line} has '{text}' in {NameOf(column)}, ")
                    + NumberText.Explain(_format.Culture))
                {
                    Line = line,
                };
            }
        }
    }

    private string NameOf(int column) => _header is null
        ? FormattableString.Invariant($"column {column + 1}")
        : $"the column '{_header[column]}'";

    private FileFormatException Error(long line, string problem, ErrorContext context = ErrorContext.None) => new(
        ErrorIds.TensorInvalid,
        TensorFile.Kind,
        _path,
        FormattableString.Invariant($"cannot be read: line {line} {problem}"))
    {
        Context = context,
        Line = line,
    };
}
