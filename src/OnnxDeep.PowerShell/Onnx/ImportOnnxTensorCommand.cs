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
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The kind of value in a .pb file.</summary>
    [Parameter]
    [ValidateSet("Tensor", "Sequence", "Map", "Optional")]
    public OnnxTypeKind Kind { get; set; } = OnnxTypeKind.Tensor;

    /// <summary>The element type of a .csv file.</summary>
    [Parameter]
    [ValidateSet(
        "Float", "Double", "Float16", "BFloat16", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32",
        "UInt64", "Bool", "String")]
    public OnnxElementType ElementType { get; set; } = OnnxElementType.Float;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string path in new PathResolver(this).Resolve(Path, []))
        {
            Stop.ThrowIfCancellationRequested();
            try
            {
                foreach (OnnxValue value in TensorFile.Read(path, Kind, ElementType))
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
