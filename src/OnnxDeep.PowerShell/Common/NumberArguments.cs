using System.Collections;
using System.Globalization;
using System.Management.Automation;
using OnnxDeep.Numerics;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Reads the numbers of parameters that also take text and objects, such as the rows of a CSV file.</summary>
/// <param name="parameter">The parameter, which is also the property of objects that have the numbers.</param>
/// <param name="culture">The format of text; null for invariant numbers.</param>
internal sealed class NumberArguments(string parameter, CultureInfo? culture)
{
    /// <summary>
    /// Reads numbers, one by one: text with a comma is an error, because no column shows what the comma means.
    /// </summary>
    /// <param name="value">
    /// A number or text, an object with a property of the parameter's name, or lists of them.
    /// </param>
    /// <exception cref="OnnxDeepException">A value is not a number, or the format of text is not clear.</exception>
    public double[] Read(object? value) => [.. Flatten(value, 0).Select(ReadOne)];

    /// <summary>Reads the numbers of a list that is a whole column.</summary>
    /// <inheritdoc cref="Read"/>
    public double[] ReadColumn(object? value)
    {
        var column = new NumberColumn(culture);
        double[] numbers = [.. Flatten(value, 0).Select((item, index) => Check(
            item, column.Read(index + 1, item, out double number), number))];
        column.Check(parameter);
        return numbers;
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="OnnxDeepException">The value is not a number, or the format of text is not clear.</exception>
    public double ReadOne(object? value)
    {
        NumberKind kind = NumberText.Read(RowProperties.Unwrap(value), culture, out double number);
        return kind is NumberKind.Grouped or NumberKind.Ambiguous
            ? throw new OnnxDeepException(
                ErrorIds.NumberAmbiguous, $"'{value}' is a value of '{parameter}', {NumberText.Explain(culture)}")
            : Check(value, kind, number);
    }

    private IEnumerable<object?> Flatten(object? value, int level)
    {
        object? plain = RowProperties.Unwrap(value);
        return plain switch
        {
            IEnumerable many and not (string or IDictionary) =>
                many.Cast<object?>().SelectMany(item => Flatten(item, Nesting.Enter(level))),
            not null when value is PSObject row && RowProperties.Has(row, parameter) =>
                Flatten(RowProperties.Get(row, parameter), Nesting.Enter(level)),
            _ => [plain],
        };
    }

    // A text whose format is not clear is an error of the whole column, after its last value.
    private double Check(object? value, NumberKind kind, double number) =>
        kind is NumberKind.Number or NumberKind.Boolean or NumberKind.Ambiguous
            ? number
            : throw new OnnxDeepException(
                ErrorIds.NotANumber,
                $"'{value}' is a value of '{parameter}', but not a number. Use a number, such as 0.5.");
}
