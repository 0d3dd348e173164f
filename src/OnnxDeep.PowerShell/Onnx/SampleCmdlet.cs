using System.Collections;
using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Values;
using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>The base class of the cmdlets that run a model on generated values.</summary>
public abstract class SampleCmdlet : OnnxDeepCmdlet
{
    /// <summary>The number of rows for comparing two models, enough to show differences in few of them.</summary>
    private protected const long ComparedRows = 16;

    /// <summary>The sizes of symbolic dimensions by name.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Dimension { get; set; } = [];

    /// <summary>The seed of the generated values; the same seed generates the same values.</summary>
    [Parameter, ValidateRange(0, long.MaxValue)]
    [NumberTransformation]
    public long Seed { get; set; } = 42;

    /// <summary>Values by input name; the values of other inputs are generated.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable InputObject { get; set; } = [];

    /// <summary>The number of the provider's device, counted from 0; the default is the provider's.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    [NumberTransformation]
    public int? DeviceId { get; set; }

    /// <summary>The options of the provider.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <summary>Gets the sizes of a model's dynamic dimensions from the parameters.</summary>
    /// <param name="batchSize">The batch size; null if the user specified none.</param>
    /// <param name="defaultBatchSize">The batch size if nothing else determines it.</param>
    private protected SampleShape ReadShape(long? batchSize, long defaultBatchSize = 1)
    {
        var extents = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (DictionaryEntry dimension in Dimension)
        {
            object? value = RowProperties.Unwrap(dimension.Value);
            if (NumberText.Read(value, null, out double extent) != NumberKind.Number
                || Math.Floor(extent) != extent
                || Math.Abs(extent) >= long.MaxValue)
            {
                throw new ModelException(
                    ErrorIds.DimensionInvalid,
                    $"The dimension '{dimension.Key}' is '{dimension.Value}'. "
                    + "Specify an integer, such as @{ N = 16 }.");
            }

            extents[$"{dimension.Key}"] = (long)extent;
        }

        return new SampleShape { BatchSize = batchSize, DefaultBatchSize = defaultBatchSize, Dimensions = extents };
    }

    /// <summary>Converts the values of -InputObject to the inputs of a model.</summary>
    /// <exception cref="ModelException">A name is unknown, or a value has the wrong type or shape.</exception>
    /// <exception cref="FileFormatException">
    /// The model is not an ONNX file; it is read only if values are specified.
    /// </exception>
    private protected IReadOnlyDictionary<string, OnnxValue> ReadGiven(string path) => InputObject.Count == 0
        ? new Dictionary<string, OnnxValue>()
        : new InputBinder(path, Wait(() => OnnxSignature.Read(path)).Inputs, Culture).Bind(
            RowProperties.ToInputs(InputObject), RowProperties.Unwrap);

    /// <summary>Warns that dimensions were found by trying, if they were.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="chosen">The dimensions; empty if they were not.</param>
    private protected void WarnOfChoice(string model, string chosen)
    {
        if (chosen.Length > 0)
        {
            WriteWarning(
                $"{model}: the model does not run with dynamic dimensions of 1; larger ones were tried, and it runs "
                + $"with {chosen}. Use -Dimension or -InputObject to specify others.");
        }
    }

    /// <summary>
    /// Gets the providers in order. The device and options apply to the CPU only if it is the only provider.
    /// </summary>
    /// <exception cref="ModelException">A provider cannot run models on this machine.</exception>
    private protected ExecutionProvider[] ResolveProviders(IReadOnlyList<string> names) =>
    [
        .. names.Select(name =>
            names.Count > 1 && name.Equals(ExecutionProvider.Cpu.Name, StringComparison.OrdinalIgnoreCase)
                ? ProviderParameters.Resolve(this, name, null, null)
                : ProviderParameters.Resolve(this, name, DeviceId, ProviderOption)),
    ];
}
