using System.Collections;
using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// Gets the words of a list of objects from their Word, Term or Name property: PowerShell itself would convert an
/// entire object to a word, such as "@{Word=5}".
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        RowProperties.Unwrap(inputData) switch
        {
            null => Array.Empty<string>(),
            IList list => list.Cast<object?>().Select(ToWord).ToArray(),
            _ => new[] { ToWord(inputData) },
        };

    private static string? ToWord(object? item)
    {
        if (item is null || WordReader.ToText(item) is not null)
        {
            return WordReader.ToText(item);
        }

        var row = PSObject.AsPSObject(item);
        return RowProperties.Find(row, WordReader.Names) is string name
            && Get(row, name) is var word
            && (word is null || WordReader.ToText(word) is not null)
            ? WordReader.ToText(word)
            : throw Errors.NotConverted(
                $"'{item}' is not a word, and it has none of the properties {string.Join(", ", WordReader.Names)} "
                + $"with one, but {RowProperties.List(row)}. Specify text, such as $objects.Product.");
    }

    private static object? Get(PSObject row, string name)
    {
        try
        {
            return RowProperties.Get(row, name);
        }
        catch (OnnxDeepException e)
        {
            throw Errors.NotConverted(e.Message, e);
        }
    }
}
