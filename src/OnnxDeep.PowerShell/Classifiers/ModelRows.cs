using System.Collections;
using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Tables;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>
/// Reads rows of the pipeline for a model of a table. Rows that lack a column are those of another table if the first
/// two do: one error says it for all. Otherwise an invalid row is an error of its own, and the rest goes on.
/// </summary>
internal sealed class ModelRows
{
    private readonly OnnxDeepCmdlet _cmdlet;
    private readonly string[] _columns;
    private readonly TableRowReader _reader;
    private readonly Action<PSObject> _take;
    private readonly UnfitRows _unfit;

    /// <summary>Prepares to read rows.</summary>
    /// <param name="cmdlet">The cmdlet that writes the errors.</param>
    /// <param name="schema">The columns of the model.</param>
    /// <param name="culture">The culture of numbers in text; null for that of the training.</param>
    /// <param name="take">Receives a row whose values are in the buffers of this object.</param>
    public ModelRows(OnnxDeepCmdlet cmdlet, TableSchema schema, CultureInfo? culture, Action<PSObject> take)
    {
        _cmdlet = cmdlet;
        _unfit = new UnfitRows(cmdlet);
        _take = take;
        _columns = [.. schema.Columns.Select(column => column.Name)];
        _reader = new TableRowReader(schema, TextVectorizer.Normalize, culture);
        States = new CellState[_columns.Length];
        Numbers = new double[schema.Numeric.Count];
        Texts = new string[schema.Textual.Count];
        Values = new object?[_columns.Length];
    }

    /// <summary>The number of rows so far, with the invalid ones.</summary>
    public long Count { get; private set; }

    /// <summary>[numeric columns] of the row.</summary>
    public double[] Numbers { get; }

    /// <summary>[text columns] of the row.</summary>
    public string[] Texts { get; }

    /// <summary>[columns]: what the values of the row are.</summary>
    public CellState[] States { get; }

    /// <summary>[columns]: the values of the row as given.</summary>
    public object?[] Values { get; }

    /// <summary>Reads an item of the pipeline: a row, or a list of rows.</summary>
    public void Read(object? item) => Read(item, 0);

    /// <summary>Ends the input; the only row of a pipeline may still have an error.</summary>
    public void Complete()
    {
        if (_unfit.OfAll is ErrorRecord error)
        {
            _cmdlet.Terminate(error);
        }
    }

    private void Read(object? item, int level)
    {
        object? plain = RowProperties.Unwrap(item);
        if (plain is not (string or IDictionary) && plain is not null
            && LanguagePrimitives.GetEnumerable(plain) is IEnumerable list)
        {
            foreach (object? part in list)
            {
                Read(part, Nesting.Enter(level));
            }

            return;
        }

        Count++;
        if (plain is null or string or IConvertible)
        {
            Refuse(Errors.NotARow(Count, plain, _columns));
        }
        else
        {
            ReadRow(PSObject.AsPSObject(item!));
        }
    }

    private void ReadRow(PSObject row)
    {
        ErrorRecord? error = ReadCells(row, out bool hasColumns);
        if (!hasColumns)
        {
            Refuse(error!);
            return;
        }

        _unfit.Accept();
        if (error is not null)
        {
            _cmdlet.Report(error);
            return;
        }

        _take(row);
    }

    private ErrorRecord? ReadCells(PSObject row, out bool hasColumns)
    {
        hasColumns = true;
        for (int i = 0; i < _columns.Length; i++)
        {
            object? value;
            try
            {
                if (!RowProperties.TryGet(row, _columns[i], out value))
                {
                    hasColumns = false;
                    return Errors.ColumnsMissing(row, _columns);
                }
            }
            catch (OnnxDeepException e)
            {
                return Errors.From(e, row);
            }

            Values[i] = value;
            States[i] = _reader.Read(i, value, Numbers, Texts);
            if (States[i] == CellState.Invalid)
            {
                return Errors.CellInvalid(Count, _reader.Explain(i, value), row);
            }
        }

        return null;
    }

    // The error of a row names all columns, so it serves for all rows too.
    private void Refuse(ErrorRecord error) => _unfit.Refuse(error, error);
}
