using System.Collections;
using System.Management.Automation;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Collects the rows of a training from the pipeline, and says what their columns are.</summary>
/// <param name="cmdlet">The cmdlet that trains.</param>
/// <param name="labelProperty">The property with the label.</param>
/// <param name="features">The properties to use; null for all that are suitable.</param>
/// <param name="excluded">The properties not to use.</param>
/// <param name="options">How the columns become features.</param>
internal sealed class TrainingTable(
    OnnxDeepCmdlet cmdlet,
    string labelProperty,
    IReadOnlyList<string>? features,
    IReadOnlyList<string> excluded,
    TableOptions options)
{
    private const int MostNames = 20;

    private readonly SeenProperties _seen = new();
    private readonly TableBuilder _table = new(options with
    {
        Wanted = options.Schema?.Columns.Select(column => column.Name).ToArray() ?? Choose(features, excluded),
    });

    private readonly string[] _names =
    [
        labelProperty, .. features ?? [], .. excluded, .. options.Schema?.Columns.Select(column => column.Name) ?? [],
    ];

    private readonly HashSet<string> _ignored =
        new([labelProperty, .. excluded], StringComparer.OrdinalIgnoreCase);

    private int _count;

    /// <summary>The parameter with the property of the label.</summary>
    public string LabelParameter { get; init; } = "LabelProperty";

    /// <summary>The columns that are not inputs; complete after <see cref="Build"/>.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut => _table.LeftOut;

    /// <summary>The rows that are not used; complete after <see cref="Build"/>.</summary>
    public IReadOnlyList<SkippedExample> Skipped => _table.Skipped;

    /// <summary>Adds a row; one without a label is skipped.</summary>
    public void Add(PSObject row)
    {
        _count++;
        _seen.Look(row, _names);
        string name = FormattableString.Invariant($"row {_count}");
        if (RowProperties.ToText(RowProperties.Get(row, labelProperty)) is not string label)
        {
            _table.Skip(_count, new SkippedExample(
                name, string.Empty, SkipReason.NoLabel, $"The property '{labelProperty}' is missing or empty."));
            return;
        }

        _table.AddRow(name, _count, label);
        AddCells(row);
    }

    /// <summary>Ends the command if no row has one of the named properties.</summary>
    public void CheckNames()
    {
        if (_seen.FindMissing(
            (LabelParameter, [labelProperty]), ("Feature", features ?? []), ("ExcludeFeature", excluded))
            is ErrorRecord missing)
        {
            cmdlet.ThrowTerminatingError(missing);
        }
    }

    /// <summary>Returns the columns of the saved model that no row has.</summary>
    public string[] FindMissing() =>
        _seen.FindMissing([.. options.Schema?.Columns.Select(column => column.Name) ?? []]);

    /// <summary>Decides what the columns are, and shows it.</summary>
    /// <exception cref="OnnxDeepException">There is nothing to learn from.</exception>
    public TableData Build()
    {
        if (_table.Rows == 0)
        {
            throw new OnnxDeepException(
                ErrorIds.NoFeatures,
                FormattableString.Invariant($"No object of {_count:N0} has a label in '{labelProperty}'."));
        }

        TableData data = _table.Build();
        foreach (TableColumn column in data.Columns)
        {
            cmdlet.WriteVerbose($"Column '{column.Name}': {Describe(column)}.");
        }

        if (LeftOut.Count > 0)
        {
            string more = LeftOut.Count > MostNames
                ? FormattableString.Invariant($"; and {LeftOut.Count - MostNames:N0} more")
                : string.Empty;
            cmdlet.WriteWarning(
                $"Columns that are left out: {string.Join("; ", LeftOut.Take(MostNames).Select(
                    column => $"'{column.Name}' has {column.Reason}"))}{more}. Use -Feature to choose the columns.");
        }

        foreach (string notice in _table.Notices)
        {
            cmdlet.WriteWarning(notice);
        }

        WarnOfCategories(data.Columns);
        return data;
    }

    private void WarnOfCategories(IReadOnlyList<TableColumn> columns)
    {
        string[] names =
        [
            .. columns
                .Where(column => column is { Kind: ColumnKind.Category, IsHashed: false })
                .Select(column => $"'{column.Name}'"),
        ];
        if (names.Length > 0)
        {
            string more = names.Length > MostNames
                ? FormattableString.Invariant($" and {names.Length - MostNames:N0} more")
                : string.Empty;
            cmdlet.WriteWarning(
                $"The file stores the names of the columns and the texts of {string.Join(", ", names.Take(MostNames))}"
                + $"{more}. Use -HashCategory to store digests of the texts.");
        }
    }

    private static string Describe(TableColumn column) => column.Kind switch
    {
        ColumnKind.Number => "number"
            + (column.Culture is null ? string.Empty : $", in the format of {Describe(column.Culture)}")
            + (column.NeedsDouble ? ", in double precision" : string.Empty),
        ColumnKind.Boolean => "true or false",
        ColumnKind.Category => column.IsHashed ? "category, stored as digests" : "category",
        ColumnKind.Date => $"date, {column.Format ?? "yyyy-MM-dd"}",
        _ => "free text",
    };

    private static string Describe(string culture) => culture switch
    {
        "" => "1,234.5",
        "," => "1.234,5",
        _ => culture,
    };

    private static string[]? Choose(IReadOnlyList<string>? features, IReadOnlyList<string> excluded) =>
        features is null
            ? null
            : [.. features.Except(excluded, StringComparer.OrdinalIgnoreCase)];

    private void AddCells(PSObject row)
    {
        if (_table.Wanted is not null)
        {
            foreach (string name in _table.Wanted)
            {
                _table.Add(name, RowProperties.Unwrap(RowProperties.Get(row, name)));
            }
        }
        else if (row.BaseObject is IDictionary keys)
        {
            foreach (DictionaryEntry pair in keys)
            {
                AddCell($"{pair.Key}", pair.Value);
            }
        }
        else
        {
            foreach (PSPropertyInfo property in row.Properties)
            {
                AddCell(property.Name, RowProperties.Evaluate(property));
            }
        }
    }

    private void AddCell(string name, object? value)
    {
        if (!_ignored.Contains(name))
        {
            _table.Add(name, RowProperties.Unwrap(value));
        }
    }
}
