using System.Management.Automation;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// Gets the word from an object's Word, Term or Name property, even if it is not text: PowerShell itself would convert
/// the entire object to a word, such as "@{Word=5}".
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = ["Word", "Term", "Name"];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is not PSObject { BaseObject: PSCustomObject } item)
        {
            return inputData;
        }

        PSPropertyInfo property = s_properties.Select(name => item.Properties[name]).FirstOrDefault(p => p is not null)
            ?? throw new ArgumentTransformationMetadataException(
                "The object has none of the properties Word, Term and Name. Pipe the property that contains the word.");
        return new[] { LanguagePrimitives.ConvertTo<string?>(property.Value) };
    }
}
