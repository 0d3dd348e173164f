using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Collects the rows of Measure-Classification; an invalid row is an error, and the others go on.</summary>
/// <param name="cmdlet">The cmdlet that writes the errors and warnings.</param>
/// <param name="reader">Reads the rows.</param>
internal sealed class ClassificationRows(OnnxDeepCmdlet cmdlet, ClassificationRowReader reader)
{
    private const int MostNames = 5;

    /// <summary>The valid rows.</summary>
    public List<ClassificationRow> Valid { get; } = [];

    /// <summary>The number of rows, valid or not.</summary>
    public int Count => reader.Count;

    /// <summary>Reads a row.</summary>
    public void Add(PSObject? item)
    {
        if (reader.Read(item, out ErrorRecord? error, out bool isFatal) is ClassificationRow row)
        {
            Valid.Add(row);
        }
        else if (isFatal)
        {
            cmdlet.ThrowTerminatingError(error!);
        }
        else
        {
            cmdlet.WriteError(error!);
        }
    }

    /// <summary>
    /// Removes the rows that Test-FoodWord answered with "unknown", for words without a vector; it is a class only if
    /// the input lists it as one.
    /// </summary>
    /// <param name="labels">The listed classes.</param>
    /// <returns>The number of removed rows.</returns>
    public int RemoveUnknown(string[]? labels)
    {
        const string unknown = ClassifiedWord.UnknownLabel;
        if (labels?.Contains(unknown) == true || Valid.Exists(row => row.Truth == unknown))
        {
            return 0;
        }

        string[] names = [.. Valid.Where(row => row.Prediction == unknown).Select(row => row.Name)];
        if (names.Length > 0)
        {
            string more = names.Length > MostNames ? ", …" : string.Empty;
            cmdlet.WriteWarning(
                FormattableString.Invariant($"{names.Length:N0} {(names.Length == 1 ? "row has" : "rows have")} ")
                + $"the prediction '{unknown}' and {(names.Length == 1 ? "was" : "were")} skipped: "
                + $"{string.Join(", ", names.Take(MostNames))}{more}. "
                + $"To count them as mistakes, include '{unknown}' in the classes of Measure-Classification -Label.");
        }

        return Valid.RemoveAll(row => row.Prediction == unknown);
    }
}
