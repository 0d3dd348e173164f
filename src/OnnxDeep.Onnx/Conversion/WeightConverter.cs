using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>Stores the weights of a model's dense layers in another format.</summary>
internal abstract class WeightConverter
{
    private readonly List<string> _skipped = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Initialises the converter.</summary>
    /// <param name="model">The model, which is changed.</param>
    /// <param name="path">The model's file.</param>
    protected WeightConverter(ModelProto model, string path)
    {
        Model = model;
        Path = path;
        Names = new GraphNames(model);
    }

    /// <summary>The weights that are unchanged, each with the reason.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>The model.</summary>
    protected ModelProto Model { get; }

    /// <summary>The model's file.</summary>
    protected string Path { get; }

    /// <summary>Unique names for new values.</summary>
    protected GraphNames Names { get; }

    /// <summary>The minimum opset of ai.onnx that has the necessary operators.</summary>
    public abstract int LeastOpset { get; }

    /// <summary>The size of a matrix after conversion, in bytes.</summary>
    public abstract long SizeOf(TensorProto weights);

    /// <summary>Converts the weights that can be converted.</summary>
    /// <param name="sites">The places in the model that use weights.</param>
    /// <param name="cancellationToken">Checked before each one; the model cannot be used after cancellation.</param>
    /// <returns>The number of matrices that were converted.</returns>
    /// <exception cref="FileFormatException">A tensor's numbers cannot be read.</exception>
    public abstract int Convert(IReadOnlyList<WeightSite> sites, CancellationToken cancellationToken);

    /// <summary>Records, once for each tensor, why it is not converted.</summary>
    protected void Skip(WeightSite site, string why)
    {
        if (_told.Add(site.Name))
        {
            _skipped.Add($"{site.Name}: {why}");
        }
    }

    /// <summary>Removes weights from the inputs, where runs could otherwise replace their values.</summary>
    /// <param name="names">The names of stored tensors.</param>
    protected void TakeFromInputs(IReadOnlySet<string> names)
    {
        // Files before IR version 4 must list all stored tensors as inputs, including new ones.
        const int FirstFreeVersion = 4;
        IReadOnlySet<string> taken = names;
        if (Model.IrVersion < FirstFreeVersion)
        {
            Model.IrVersion = FirstFreeVersion;
            taken = Model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        }

        OnnxGraph.Keep(Model.Graph.Input, input => !taken.Contains(input.Name) && !names.Contains(input.Name));
    }
}
