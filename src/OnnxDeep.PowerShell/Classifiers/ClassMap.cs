using System.Collections;
using System.Management.Automation;
using System.Text.Json;

using OnnxDeep.Learning.Data;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Reads a value for each class from a dictionary with keys of any type, an object or JSON.</summary>
internal static class ClassMap
{
    /// <summary>Gets the pairs in their order; those of a hashtable, which has none, are sorted.</summary>
    /// <param name="value">The map, its JSON, or a list that contains only the map.</param>
    /// <returns>Null if the value is not a map.</returns>
    public static IReadOnlyList<(string Label, object? Value)>? Read(object? value) => value switch
    {
        PSObject { BaseObject: PSCustomObject } item =>
        [
            .. item.Properties.Select(
                property => (property.Name, RowProperties.Unwrap(RowProperties.Read(property)))),
        ],
        PSObject wrapped => Read(wrapped.BaseObject),
        Hashtable table => Sort(ReadPairs(table)),
        IDictionary pairs => ReadPairs(pairs),
        IList { Count: 1 } list when RowProperties.Unwrap(list[0]) is not IList => Read(list[0]),
        string text when text.StartsWith('{') => ReadJson(text),
        _ => null,
    };

    // Each pair brings its key: a dictionary such as [ordered] @{} finds an integer by position, not by key.
    private static (string Label, object? Value)[] ReadPairs(IDictionary pairs)
    {
        var found = new List<(string, object?)>(pairs.Count);
        foreach (DictionaryEntry pair in pairs)
        {
            found.Add((LanguagePrimitives.ConvertTo<string>(pair.Key), RowProperties.Unwrap(pair.Value)));
        }

        return [.. found];
    }

    private static (string Label, object? Value)[] Sort((string Label, object? Value)[] pairs)
    {
        IReadOnlyList<string> order = LabelOrder.Sort(pairs.Select(pair => pair.Label));
        ILookup<string, (string, object?)> byLabel = pairs.ToLookup(pair => pair.Label, StringComparer.Ordinal);
        return [.. order.Select(label => byLabel[label].First())];
    }

    private static (string Label, object? Value)[]? ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return
            [
                .. document.RootElement.EnumerateObject().Select(pair => (pair.Name, (object?)(
                    pair.Value.ValueKind == JsonValueKind.Number ? pair.Value.GetDouble() : pair.Value.ToString()))),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
