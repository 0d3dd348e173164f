using OnnxDeep.Onnx.Rows;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Divides the outputs of a run into those of its rows.</summary>
/// <param name="signature">The model's inputs and outputs.</param>
/// <param name="outputs">The names of the outputs that are computed.</param>
/// <param name="flow">How the outputs depend on the rows.</param>
internal sealed class RowAnswers(OnnxSignature signature, IReadOnlyList<string> outputs, RowFlow flow)
{
    private readonly OnnxType[] _types =
    [
        .. outputs.GroupJoin(
            signature.Outputs,
            name => name,
            output => output.Name,
            (_, found) => found.FirstOrDefault()?.Type ?? OnnxType.Unknown),
    ];

    // The names of the first axes of the inputs that have rows.
    private readonly HashSet<string> _rowSymbols =
    [
        .. signature.Inputs.Where(input => !input.HasDefault && input.Type.Shape is [{ Extent: null }, ..])
            .Select(input => input.Type.Shape![0].Symbol),
    ];

    /// <summary>Why rows cannot run together, as the rest of a sentence; null if they can.</summary>
    public string? Obstacle { get; } = outputs
        .Select(name => (Name: name, Value: flow.Get(name)))
        .Where(output => output.Value.Kind is not (RowKind.Rows or RowKind.Fixed))
        .Select(output => output.Value.Cause.Length > 0
            ? $"the output '{output.Name}' depends on the node {output.Value.Cause}, which may combine rows"
            : $"the output '{output.Name}' does not have a row for each row of the input")
        .FirstOrDefault();

    /// <summary>
    /// The outputs of a single row without the axis of the rows: the first axis, if it is computed from that of the
    /// input or declared with its name. A sequence of maps has a map for each row.
    /// </summary>
    public OnnxValue[] Strip(IReadOnlyList<OnnxValue> values) => [.. values.Select((value, i) => value switch
    {
        OnnxTensor { Shape: [1, ..] } tensor when HasRows(i) || IsDeclared(_types[i]) => TensorRows.Get(tensor, 0),
        OnnxSequence { Items: [OnnxValue only] } when HasRows(i) || only is OnnxMap => only,
        _ => value,
    })];

    /// <summary>The outputs of several rows; null if their extents are not those of one row for each.</summary>
    /// <param name="values">The outputs of a run of all rows.</param>
    /// <param name="single">The outputs of a run of one such row.</param>
    /// <param name="rows">The number of rows.</param>
    public OnnxValue[][]? Split(IReadOnlyList<OnnxValue> values, IReadOnlyList<OnnxValue> single, int rows)
    {
        OnnxValue[]?[] columns = [.. values.Select((value, i) => Split(i, value, single[i], rows))];
        return Array.TrueForAll(columns, column => column is not null)
            ? [.. Enumerable.Range(0, rows).Select(row => columns.Select(column => column![row]).ToArray())]
            : null;
    }

    private bool HasRows(int output) => flow.Get(outputs[output]).Kind == RowKind.Rows;

    private OnnxValue[]? Split(int output, OnnxValue value, OnnxValue single, int rows) => (value, single) switch
    {
        _ when !HasRows(output) => [.. Enumerable.Repeat(value, rows)],
        (OnnxTensor all, OnnxTensor one) when IsMultiple(all.Shape, one.Shape, rows) =>
            [.. Enumerable.Range(0, rows).Select(row => one.Shape[0] == 1
                ? TensorRows.Get(all, row)
                : TensorRows.Get(all.Reshape([rows, .. one.Shape]), row))],
        (OnnxSequence { Items: var all }, OnnxSequence { Items.Count: 1 }) when all.Count == rows => [.. all],
        _ => null,
    };

    private static bool IsMultiple(IReadOnlyList<long> all, IReadOnlyList<long> one, int rows) =>
        all.Count > 0
        && all.Count == one.Count
        && all[0] == rows * one[0]
        && all.Skip(1).SequenceEqual(one.Skip(1));

    private bool IsDeclared(OnnxType type) =>
        type.Shape is [{ Extent: null } first, ..] && _rowSymbols.Contains(first.Symbol);
}
