using System.Management.Automation;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Collects the rows for testing alone, which have no part in what the columns are.</summary>
/// <param name="schema">The columns of the training rows.</param>
/// <param name="labelProperty">The property with the label.</param>
/// <param name="options">How the columns become features.</param>
internal sealed class TestTable(TableSchema schema, string labelProperty, TableOptions options)
{
    private readonly string[] _columns = [.. schema.Columns.Select(column => column.Name)];
    private readonly List<(string Name, string Label)> _labels = [];
    private readonly List<SkippedExample> _skipped = [];

    /// <summary>The features of the rows.</summary>
    public SchemaRows Rows { get; } = new(schema, options);

    /// <summary>The name and the label of each row.</summary>
    public IReadOnlyList<(string Name, string Label)> Labels => _labels;

    /// <summary>The rows that are not used.</summary>
    public IReadOnlyList<SkippedExample> Skipped => _skipped;

    /// <summary>Adds a row; one without a label, or with a value that a column cannot have, is skipped.</summary>
    public void Add(PSObject row)
    {
        string name = FormattableString.Invariant($"test row {_labels.Count + _skipped.Count + 1}");
        if (RowProperties.ToText(RowProperties.Get(row, labelProperty)) is not string label)
        {
            _skipped.Add(new SkippedExample(
                name, string.Empty, SkipReason.NoLabel, $"The property '{labelProperty}' is missing or empty."));
        }
        else if (Rows.Add([.. _columns.Select(column => RowProperties.Unwrap(RowProperties.Get(row, column)))])
            is string problem)
        {
            _skipped.Add(new SkippedExample(name, label, SkipReason.Invalid, problem));
        }
        else
        {
            _labels.Add((name, label));
        }
    }
}
