using System.Globalization;
using System.Runtime.InteropServices;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Tables;

/// <summary>
/// Applies a model of a table to rows: a classifier, or a model that predicts numbers. The model names its columns, so
/// rows need no order of their own. Thread-safe.
/// </summary>
public sealed class RowModel : IDisposable
{
    private static readonly Dictionary<string, OnnxType> s_types = [];

    private readonly FileLease<OnnxSession> _session;
    private readonly TensorDescription? _numbers;
    private readonly TensorDescription? _texts;
    private readonly string _output;

    private RowModel(FileLease<OnnxSession> session)
    {
        _session = session;
        OnnxSession model = session.Value;
        Path = model.Path;
        Name = System.IO.Path.GetFileNameWithoutExtension(model.Path);
        Provider = model.Provider.Name;
        Metadata = ModelMetadata.FromProperties(model.GetProperties());
        Schema = Metadata.Table ?? throw new ModelException(
            ErrorIds.ColumnsUnknown,
            $"The model '{Path}' does not say which columns it takes. Use a model that was trained on a table by this "
            + "version or a later one.");
        (_numbers, _texts) = FindInputs(model, Schema);
        TensorDescription output = FindOutput(model);
        _output = output.Name;
        Units = output.Dimensions[1];
        IsRegression = Metadata.Task == ModelMetadata.Regression;
        Labels = IsRegression ? [] : Metadata.GetLabels(Units);
        PreferredBatchSize = model.Provider.GetBatchRows(
            (Schema.Numeric.Count * sizeof(double)) + (Schema.Textual.Count * 32));
    }

    /// <summary>The full path of the model.</summary>
    public string Path { get; }

    /// <summary>The name of the model: its file name without the extension.</summary>
    public string Name { get; }

    /// <summary>The execution provider that the model runs on, such as CPU.</summary>
    public string Provider { get; }

    /// <summary>The metadata of the model.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The columns that the model takes.</summary>
    public TableSchema Schema { get; }

    /// <summary>Whether the model predicts a number instead of a class.</summary>
    public bool IsRegression { get; }

    /// <summary>The names of the classes, by index; none for a model that predicts numbers.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>
    /// The number of outputs of a row: one for two classes and for a number, otherwise one for each class.
    /// </summary>
    public int Units { get; }

    /// <summary>How many rows should be answered together on the device.</summary>
    public int PreferredBatchSize { get; }

    /// <summary>Opens a model, which is shared with other users in this process.</summary>
    /// <param name="path">An ONNX file that was trained on a table.</param>
    /// <param name="provider">The execution provider; null for the CPU.</param>
    /// <param name="cancellationToken">Ends the wait for the model.</param>
    /// <exception cref="ModelException">The model does not name its columns, or its inputs do not fit them.</exception>
    /// <exception cref="FileFormatException">The model cannot be read.</exception>
    public static RowModel Open(
        string path, ExecutionProvider? provider = null, CancellationToken cancellationToken = default)
    {
        FileLease<OnnxSession> session = SharedFiles.RentSession(
            path, provider ?? ExecutionProvider.Cpu, cancellationToken);
        try
        {
            return new RowModel(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Classifies rows in one run.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="numbers">
    /// [rows, numeric columns] in the order of <see cref="TableSchema.Numeric"/>; NaN for a missing one.
    /// </param>
    /// <param name="texts">
    /// [rows, text columns] in the order of <see cref="TableSchema.Textual"/>, as the graph takes them; empty for a
    /// missing one.
    /// </param>
    /// <param name="threshold">A value from 0 to 1; null for the model's own. Used only with two classes.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>One result for each row, in order.</returns>
    /// <exception cref="ModelException">The outputs are not probabilities, or the model predicts numbers.</exception>
    public ClassifiedRow[] Classify(
        int rows,
        ReadOnlySpan<double> numbers,
        IReadOnlyList<string> texts,
        float? threshold = null,
        CancellationToken cancellationToken = default)
    {
        float least = threshold ?? Metadata.Threshold;
        float[] outputs = Run(rows, numbers, texts, cancellationToken);
        var answers = new ClassifiedRow[rows];
        for (int i = 0; i < rows; i++)
        {
            Memory<float> row = outputs.AsMemory(i * Units, Units);
            Check(row.Span);
            answers[i] = new ClassifiedRow(Labels, Classes.FromOutputs(row.Span, least), row)
            {
                Model = Name, Provider = Provider,
            };
        }

        return answers;
    }

    /// <summary>Predicts the numbers of rows in one run.</summary>
    /// <returns>One result for each row, in order.</returns>
    /// <exception cref="ModelException">The outputs are not finite, or the model is a classifier.</exception>
    /// <inheritdoc cref="Classify" path="/param"/>
    public PredictedRow[] Predict(
        int rows,
        ReadOnlySpan<double> numbers,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken = default)
    {
        float[] outputs = Run(rows, numbers, texts, cancellationToken);
        return Array.ConvertAll(outputs, number => float.IsFinite(number)
            ? new PredictedRow(number, Name, Provider)
            : throw Unanswered(number, "a finite number"));
    }

    /// <summary>Computes the outputs of rows in one run.</summary>
    /// <returns>[rows, <see cref="Units"/>], row-major: probabilities, or predicted numbers.</returns>
    /// <exception cref="ArgumentException">The numbers and texts do not form that many rows.</exception>
    /// <exception cref="ModelException">ONNX Runtime rejects the run.</exception>
    /// <inheritdoc cref="Classify" path="/param"/>
    public float[] Run(
        int rows,
        ReadOnlySpan<double> numbers,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (numbers.Length != rows * Schema.Numeric.Count || texts.Count != rows * Schema.Textual.Count)
        {
            throw new ArgumentException(
                $"{numbers.Length} numbers and {texts.Count} texts do not form {rows} rows.", nameof(rows));
        }

        float[] outputs = new float[rows * Units];
        int together = _session.Value.RunsTogether(rows, _output) ? rows : 1;
        for (int row = 0; row < rows; row += together)
        {
            ReadOnlySpan<double> part = numbers.Slice(row * Schema.Numeric.Count, together * Schema.Numeric.Count);
            RunTogether(together, part, texts, row, outputs, cancellationToken);
        }

        return outputs;
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => _session.Dispose();

    private static (TensorDescription? Numbers, TensorDescription? Texts) FindInputs(
        OnnxSession model, TableSchema schema)
    {
        TensorDescription? numbers = model.Inputs.FirstOrDefault(
            input => input.ElementType == typeof(float) || input.ElementType == typeof(double));
        TensorDescription? texts = model.Inputs.FirstOrDefault(input => input.ElementType == typeof(string));
        return Fits(numbers, schema.Numeric.Count) && Fits(texts, schema.Textual.Count)
            && model.Inputs.Count == (numbers is null ? 0 : 1) + (texts is null ? 0 : 1)
            ? (numbers, texts)
            : throw new ModelException(
                ErrorIds.ModelInputMismatch,
                $"The model '{model.Path}' takes {string.Join("; ", model.Inputs)}, but its metadata has "
                + $"{Quantity.Of(schema.Numeric.Count, "column")} of numbers and {schema.Textual.Count} of texts. "
                + "Train it again, or remove its metadata.");

        static bool Fits(TensorDescription? input, int columns) =>
            input is null ? columns == 0 : columns > 0 && input.Dimensions is [< 0, var width] && width == columns;
    }

    private static TensorDescription FindOutput(OnnxSession model) => model.Outputs.FirstOrDefault(
        output => output.ElementType == typeof(float) && output.Dimensions is [_, > 0])
        ?? throw new ModelException(
            ErrorIds.ModelOutputMismatch,
            $"The model '{model.Path}' returns {string.Join("; ", model.Outputs)}, but a model of a table returns "
            + "Single [N, 1] for a number or two classes, or [N, classes]. Train it again.");

    private void RunTogether(
        int rows,
        ReadOnlySpan<double> numbers,
        IReadOnlyList<string> texts,
        int first,
        float[] outputs,
        CancellationToken cancellationToken)
    {
        var inputs = new Dictionary<string, OnnxValue>(2);
        if (_numbers is not null)
        {
            inputs[_numbers.Name] = CreateTensor(_numbers, rows, Fill(numbers));
        }

        if (_texts is not null)
        {
            int columns = Schema.Textual.Count;
            inputs[_texts.Name] = new OnnxTensor(
                [rows, columns],
                (string[])[.. Enumerable.Range(first * columns, rows * columns).Select(place => texts[place])]);
        }

        IReadOnlyList<OnnxValue> results = _session.Value.Run(inputs, [_output], s_types, cancellationToken);
        MemoryMarshal.Cast<byte, float>(((OnnxTensor)results[0]).Bytes.Span).CopyTo(outputs.AsSpan(first * Units));
    }

    // A graph fills in missing numbers only if the training rows had some.
    private ReadOnlySpan<double> Fill(ReadOnlySpan<double> numbers)
    {
        double[]? filled = null;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (double.IsNaN(numbers[i])
                && Schema.Numeric[i % Schema.Numeric.Count] is { Missing: 0, HasMissingFeature: false } column)
            {
                filled ??= numbers.ToArray();
                filled[i] = column.Fill;
            }
        }

        return filled ?? numbers;
    }

    private static OnnxTensor CreateTensor(TensorDescription input, int rows, ReadOnlySpan<double> numbers)
    {
        long[] shape = [rows, input.Dimensions[1]];
        if (input.ElementType == typeof(double))
        {
            return new OnnxTensor(OnnxElementType.Double, shape, MemoryMarshal.AsBytes(numbers).ToArray());
        }

        byte[] bytes = new byte[numbers.Length * sizeof(float)];
        Span<float> floats = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int i = 0; i < numbers.Length; i++)
        {
            floats[i] = (float)numbers[i];
        }

        return new OnnxTensor(OnnxElementType.Float, shape, bytes);
    }

    private void Check(ReadOnlySpan<float> outputs)
    {
        foreach (float output in outputs)
        {
            if (!(output >= 0 && output <= 1))
            {
                throw Unanswered(output, "a probability");
            }
        }
    }

    private ModelException Unanswered(float output, string wanted) => new(
        ErrorIds.ModelOutputMismatch,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The model '{Path}' returns {output} for a row, which is not {wanted}. Its numbers may be much larger "
            + $"than those that the model was trained on."));
}
