using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Numerics;
using System.Text.RegularExpressions;

using OnnxDeep.Numerics;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// Gets words from pipeline objects: text, or the property of an object that contains the word. An object without a
/// word is an error, never the name of its type.
/// </summary>
internal sealed class WordReader
{
    /// <summary>The properties that can contain the word.</summary>
    public static readonly string[] Names = ["Word", "Term", AmbiguousName];

    // What a column Name names is unknown if there are other texts.
    private const string AmbiguousName = "Name";

    private readonly OnnxDeepCmdlet _cmdlet;
    private readonly ScriptBlock? _script;
    private readonly string[] _names;
    private readonly string? _label;
    private readonly bool _isNamed;
    private readonly UnfitRows _unfit;
    private bool _isWarned;
    private int _skipped;

    /// <summary>Creates a reader.</summary>
    /// <param name="cmdlet">The cmdlet that writes errors and warnings.</param>
    /// <param name="property">
    /// The name of the property that contains the word, or a script block that returns the word; null for the usual
    /// names.
    /// </param>
    public WordReader(OnnxDeepCmdlet cmdlet, object? property)
        : this(cmdlet, property, Names, null)
    {
    }

    /// <summary>Creates a reader of rows with a label; text alone is not one.</summary>
    /// <param name="cmdlet">The cmdlet that writes errors and warnings.</param>
    /// <param name="property">See the other constructor.</param>
    /// <param name="names">The usual names of the property that contains the word.</param>
    /// <param name="label">The property that contains the label.</param>
    public WordReader(OnnxDeepCmdlet cmdlet, object? property, string[] names, string? label)
    {
        object? plain = RowProperties.Unwrap(property);
        _cmdlet = cmdlet;
        _unfit = new UnfitRows(cmdlet);
        _script = plain as ScriptBlock;
        _names = plain is null or ScriptBlock ? names : [ToName(plain)];
        _label = label;
        _isNamed = plain is not null and not ScriptBlock;
    }

    /// <summary>Whether null and blank words are skipped instead of taken.</summary>
    public bool SkipsEmpty { get; init; }

    /// <summary>The object that contains the last word; null for text alone.</summary>
    public PSObject? Row { get; private set; }

    // Text alone has no label, and no property of the specified name.
    private bool NeedsProperty => _isNamed || _label is not null;

    /// <summary>Gets the words of the items.</summary>
    /// <param name="items">The value of the parameter; null stands for one null.</param>
    /// <param name="take">Receives each word; null and blank texts are not checked.</param>
    public void Read(object?[]? items, Action<string?> take)
    {
        foreach (object? item in items ?? [null])
        {
            Read(item, take);
        }
    }

    /// <summary>
    /// Ends the input: reports the only row if it has no word, and under -Verbose the number of skipped words.
    /// </summary>
    public void Complete()
    {
        if (_unfit.OfAll is ErrorRecord error)
        {
            _cmdlet.Terminate(error);
        }

        TellSkipped(_cmdlet, _skipped);
    }

    /// <summary>Writes the number of skipped empty words under -Verbose, if there are any.</summary>
    public static void TellSkipped(OnnxDeepCmdlet cmdlet, int count)
    {
        if (count > 0)
        {
            cmdlet.WriteVerbose(FormattableString.Invariant(
                $"{count:N0} empty {(count == 1 ? "word was" : "words were")} skipped."));
        }
    }

    /// <summary>Gets the words of one item; a list has several.</summary>
    public void Read(object? item, Action<string?> take)
    {
        try
        {
            Read(item, take, 0);
        }
        catch (OnnxDeepException e) when (e.ErrorId is ErrorIds.NestingTooDeep or ErrorIds.PropertyFailed)
        {
            Report(Errors.From(e, item));
        }
    }

    /// <summary>Converts text and numbers to text; null for everything else.</summary>
    public static string? ToText(object? value) => RowProperties.Unwrap(value) switch
    {
        string text => text,
        char or sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint or Int128 or UInt128
            or Half or float or double or decimal or BigInteger or Enum => LanguagePrimitives.ConvertTo<string>(value),

        // A match has a property Name: the number of its group.
        Capture match => match.Value,
        _ => null,
    };

    private void Read(object? item, Action<string?> take, int level)
    {
        Row = null;
        if (_script is not null)
        {
            Row = item is null || ToText(item) is not null ? null : PSObject.AsPSObject(item);
            Run(item, take);
        }
        else if (!NeedsProperty && (item is null or string))
        {
            Take((string?)item, take);
        }
        else if (!NeedsProperty && ToText(item) is string text)
        {
            Take(text, take);
        }
        else if (RowProperties.Unwrap(item) is IList list)
        {
            foreach (object? part in list)
            {
                Read(part, take, Nesting.Enter(level));
            }
        }
        else
        {
            ReadRow(item, take, level);
        }
    }

    private static string ToName(object property) => ToText(property) is { Length: > 0 } name
        ? name
        : throw new OnnxDeepException(
            ErrorIds.PropertyNameInvalid,
            $"'{property}' is not the name of a property. Specify one, or a script block that returns the word.");

    private void ReadRow(object? item, Action<string?> take, int level)
    {
        if (item is null)
        {
            Take(null, take);
            return;
        }

        var row = PSObject.AsPSObject(item);
        if (RowProperties.Find(row, _names) is string name)
        {
            _unfit.Accept();
            WarnOfName(row, name);
            Row = row;
            TakeValue(RowProperties.Get(row, name), take, level);
        }
        else
        {
            _unfit.Refuse(NoWord(row), NoWordInRows(row));
        }
    }

    private ErrorRecord NoWord(PSObject row) => row.BaseObject is IDictionary or PSCustomObject || NeedsProperty
        ? Errors.PropertyMissing(row, string.Join(", ", _names))
        : Errors.NotAWord(row);

    private ErrorRecord NoWordInRows(PSObject row) => RowProperties.Names(row).Any()
        ? Errors.PropertyNotFound("WordProperty", _names, row)
        : NoWord(row);

    private void Take(string? word, Action<string?> take)
    {
        _unfit.Accept();
        if (SkipsEmpty && string.IsNullOrWhiteSpace(word))
        {
            _skipped++;
        }
        else
        {
            take(word);
        }
    }

    private void Report(ErrorRecord error)
    {
        _unfit.Accept();
        _cmdlet.Report(error);
    }

    private void Run(object? item, Action<string?> take)
    {
        Collection<PSObject> results;
        try
        {
            results = _script!.InvokeWithContext(null, [new PSVariable("_", item)]);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            Report(Errors.WordPropertyFailed(e, item));
            return;
        }

        if (results.Count == 0)
        {
            Take(null, take);
        }

        foreach (PSObject? result in results)
        {
            TakeValue(result, take, 0);
        }
    }

    private void TakeValue(object? value, Action<string?> take, int level)
    {
        if (ToText(value) is string text)
        {
            Take(text, take);
        }
        else if (RowProperties.Unwrap(value) is IList list)
        {
            foreach (object? part in list)
            {
                TakeValue(part, take, Nesting.Enter(level));
            }
        }
        else if (value is null or DBNull)
        {
            Take(null, take);
        }
        else
        {
            Report(Errors.NotAWord(value));
        }
    }

    private void WarnOfName(PSObject row, string name)
    {
        if (_isWarned || _isNamed || name != AmbiguousName || row.BaseObject is not (IDictionary or PSCustomObject))
        {
            return;
        }

        string[] others = [.. RowProperties.Names(row).Where(other => IsOtherText(row, other))];
        if (others.Length > 0)
        {
            _isWarned = true;
            _cmdlet.WriteWarning(
                $"The words are taken from the property {AmbiguousName}, but there is other text in "
                + $"{string.Join(", ", others)}. Use -WordProperty to specify the property that contains the word.");
        }
    }

    private bool IsOtherText(PSObject row, string name) =>
        !name.Equals(AmbiguousName, StringComparison.OrdinalIgnoreCase)
        && !name.Equals(_label, StringComparison.OrdinalIgnoreCase)
        && RowProperties.Peek(row, name) is string text
        && NumberText.Read(text, null, out _) == NumberKind.Text;
}
