using System.Collections;
using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>The base of the cmdlets that run a model on made-up values.</summary>
public abstract class SampleCmdlet : OnnxDeepCmdlet
{
    /// <summary>The rows that two models are compared on, so that a difference in few of them shows.</summary>
    private protected const long ComparedRows = 16;

    /// <summary>Extents by the names of symbolic axes.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Dimension { get; set; } = [];

    /// <summary>The same seed makes up the same values.</summary>
    [Parameter, ValidateRange(0, long.MaxValue)]
    public long Seed { get; set; } = 42;

    /// <summary>Values by the names of inputs; the others are made up.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable InputObject { get; set; } = [];

    /// <summary>The provider's device, from 0; its own choice where not given.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int? DeviceId { get; set; }

    /// <summary>The provider's own options.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }

    /// <summary>The open extents of a model, from the parameters.</summary>
    /// <param name="batchSize">Null where the user gave none.</param>
    /// <param name="defaultBatchSize">The rows then, where nothing else tells them.</param>
    private protected SampleShape ReadShape(long? batchSize, long defaultBatchSize = 1)
    {
        var extents = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (DictionaryEntry dimension in Dimension)
        {
            if (!LanguagePrimitives.TryConvertTo(dimension.Value, out long extent) || dimension.Value is null)
            {
                throw new ModelException(
                    ErrorIds.DimensionInvalid,
                    $"The dimension '{dimension.Key}' is '{dimension.Value}'. "
                    + "Give a whole number, such as @{ N = 16 }.");
            }

            extents[$"{dimension.Key}"] = extent;
        }

        return new SampleShape { BatchSize = batchSize, DefaultBatchSize = defaultBatchSize, Dimensions = extents };
    }

    /// <summary>The values of -InputObject as a model takes them.</summary>
    /// <exception cref="ModelException">A name is unknown, or a value of another type or shape.</exception>
    /// <exception cref="FileFormatException">
    /// The model, which is not read where no values are given, is not ONNX.
    /// </exception>
    private protected IReadOnlyDictionary<string, OnnxValue> ReadGiven(string path) => InputObject.Count == 0
        ? new Dictionary<string, OnnxValue>()
        : new InputBinder(path, OnnxSignature.Read(path).Inputs).Bind(
            InputObject.Cast<DictionaryEntry>()
                .ToDictionary(pair => $"{pair.Key}", pair => pair.Value, StringComparer.Ordinal),
            RowProperties.Unwrap);

    /// <summary>
    /// Where to run, one after the other; device and options are for those that are not the CPU, unless it is the only
    /// one.
    /// </summary>
    /// <exception cref="ModelException">One of them cannot run here.</exception>
    private protected ExecutionProvider[] ResolveProviders(IReadOnlyList<string> names) =>
    [
        .. names.Select(name =>
            names.Count > 1 && name.Equals(ExecutionProvider.Cpu.Name, StringComparison.OrdinalIgnoreCase)
                ? ProviderParameters.Resolve(this, name, null, null)
                : ProviderParameters.Resolve(this, name, DeviceId, ProviderOption)),
    ];
}
