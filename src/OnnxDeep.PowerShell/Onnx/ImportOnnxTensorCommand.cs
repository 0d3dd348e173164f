using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Reads tensors from files.</summary>
[Cmdlet(VerbsData.Import, "OnnxTensor", HelpUri = HelpUris.ImportOnnxTensor)]
[OutputType(typeof(OnnxTensor), typeof(OnnxSequence), typeof(OnnxMap), typeof(OnnxOptional))]
public sealed class ImportOnnxTensorCommand : OnnxDeepCmdlet
{
    /// <summary>Tensor files: .pb, .npy, .npz or .csv.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [FileCompleter(".pb", ".npy", ".npz", ".csv"), SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The kind of value in a .pb file.</summary>
    [Parameter]
    [ValidateSet("Tensor", "Sequence", "Map", "Optional")]
    [FlatTransformation]
    public OnnxTypeKind Kind { get; set; } = OnnxTypeKind.Tensor;

    /// <summary>The element type of a .csv file.</summary>
    [Parameter]
    [ValidateSet(
        "Float", "Double", "Float16", "BFloat16", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32",
        "UInt64", "Bool", "String")]
    [FlatTransformation]
    public OnnxElementType ElementType { get; set; } = OnnxElementType.Float;

    /// <summary>The character between the values of a .csv file; the default is found in the file.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>The first line of a .csv file has the names of its columns, even if they are numbers.</summary>
    [Parameter]
    public SwitchParameter Header { get; set; }

    /// <summary>The culture of the numbers of a .csv file; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        var format = new TextTableFormat
        {
            ElementType = ElementType,
            Delimiter = Delimiter,
            HasHeader = MyInvocation.BoundParameters.ContainsKey(nameof(Header)) ? Header : null,
            Culture = Culture,
        };
        foreach (string path in new PathResolver(this).Resolve(Path, []))
        {
            Stop.ThrowIfCancellationRequested();
            try
            {
                foreach (OnnxValue value in TensorFile.Read(path, Kind, format, Stop))
                {
                    WriteObject(value);
                }
            }
            catch (OnnxDeepException e)
            {
                WriteError(Errors.From(e, path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                WriteError(Errors.FromFile(e));
            }
        }
    }
}
