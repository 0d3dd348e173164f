using System.Management.Automation;

using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>
/// Creates the object for the outputs of a run: a property with the name of each output. PowerShell's own view would
/// print names and texts with control characters as they are, so objects that have some get the view of this type.
/// </summary>
internal static class ModelOutput
{
    /// <summary>Creates the object.</summary>
    /// <param name="names">The names of the outputs.</param>
    /// <param name="outputs">The values.</param>
    /// <param name="isRow">Whether the values are those of one row.</param>
    /// <param name="asTensor">Whether the values stay tensors.</param>
    public static PSObject Create(
        IReadOnlyList<string> names, IReadOnlyList<OnnxValue> outputs, bool isRow, bool asTensor)
    {
        var result = new PSObject();
        bool isHostile = false;
        for (int i = 0; i < outputs.Count; i++)
        {
            object? value = asTensor ? outputs[i]
                : isRow && outputs[i] is OnnxTensor { Count: 1 } single ? single.GetElement(0)
                : outputs[i].ToObject();
            isHostile |= ShownText.IsHostile(names[i]) || (!asTensor && HasHostileText(outputs[i]));

            // With this wrapper, text such as a CSV field has an array's elements instead of its type.
            result.Properties.Add(new PSNoteProperty(names[i], value is Array array ? ShownArray.Of(array) : value));
        }

        if (isHostile)
        {
            result.TypeNames.Insert(0, typeof(ModelOutput).FullName!);
        }

        return result;
    }

    private static bool HasHostileText(OnnxValue value) => value switch
    {
        OnnxTensor { ElementType: OnnxElementType.String } tensor => tensor.Strings.Any(ShownText.IsHostile),
        OnnxMap map => HasHostileText(map.Keys) || HasHostileText(map.Values),
        OnnxSequence sequence => sequence.Items.Any(HasHostileText),
        OnnxOptional { Value: OnnxValue inner } => HasHostileText(inner),
        _ => false,
    };
}
