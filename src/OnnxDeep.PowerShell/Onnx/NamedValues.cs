using System.Collections;
using System.Management.Automation;

using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Tells values by the names of inputs from the value of a single input.</summary>
internal static class NamedValues
{
    /// <summary>The values by name; null where the object is itself a value.</summary>
    /// <param name="given">A hashtable, an object with properties, or a value.</param>
    /// <param name="inputs">The model's inputs.</param>
    public static IReadOnlyDictionary<string, object?>? Read(object? given, IReadOnlyList<OnnxParameter> inputs)
    {
        object? value = Wrapped.Unwrap(given);
        if (value is IDictionary pairs)
        {
            // A model that takes one map takes a hashtable as such, unless it names the input.
            return inputs is [{ Type.Kind: OnnxTypeKind.Map } only] && !pairs.Contains(only.Name)
                ? null
                : pairs.Cast<DictionaryEntry>()
                    .ToDictionary(pair => $"{pair.Key}", pair => pair.Value, StringComparer.Ordinal);
        }

        if (value is null or string or IEnumerable or OnnxValue or IConvertible)
        {
            return null;
        }

        // Objects may have more than the model takes, as rows of a file have.
        var row = PSObject.AsPSObject(given);
        string[] names = [.. inputs.Select(input => input.Name).Where(name => RowProperties.Has(row, name))];
        return names.Length == 0 && value is not PSCustomObject
            ? null
            : names.ToDictionary(name => name, name => RowProperties.Get(row, name), StringComparer.Ordinal);
    }
}
