using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>Stores the weights of a model's dense layers in another format.</summary>
internal abstract class WeightConverter
{
    private readonly List<string> _skipped = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Gets ready.</summary>
    /// <param name="model">Will be changed.</param>
    /// <param name="path">The model's file.</param>
    protected WeightConverter(ModelProto model, string path)
    {
        Model = model;
        Path = path;
        Names = new GraphNames(model);
    }

    /// <summary>Weights that stay as they are, and why.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>The model.</summary>
    protected ModelProto Model { get; }

    /// <summary>The model's file.</summary>
    protected string Path { get; }

    /// <summary>Names for new values.</summary>
    protected GraphNames Names { get; }

    /// <summary>The least version of ONNX's own operators that has what is needed.</summary>
    public abstract int LeastOpset { get; }

    /// <summary>The bytes that a matrix takes afterwards.</summary>
    public abstract long SizeOf(TensorProto weights);

    /// <summary>Converts what can be converted.</summary>
    /// <param name="sites">The model's sites.</param>
    /// <param name="cancellationToken">Looked at before each; the model is not to be used then.</param>
    /// <returns>The number of matrices that were converted.</returns>
    /// <exception cref="FileFormatException">A tensor's numbers cannot be read.</exception>
    public abstract int Convert(IReadOnlyList<WeightSite> sites, CancellationToken cancellationToken);

    /// <summary>Tells, once for each tensor, why it stays.</summary>
    protected void Skip(WeightSite site, string why)
    {
        if (_told.Add(site.Name))
        {
            _skipped.Add($"{site.Name}: {why}");
        }
    }

    /// <summary>Takes weights out of the inputs, whose values runs could replace otherwise.</summary>
    /// <param name="names">Of stored tensors.</param>
    protected void TakeFromInputs(IReadOnlySet<string> names)
    {
        // Files before IR version 4 list all stored tensors as inputs, and demand it of new ones too.
        const int FirstFreeVersion = 4;
        IReadOnlySet<string> taken = names;
        if (Model.IrVersion < FirstFreeVersion)
        {
            Model.IrVersion = FirstFreeVersion;
            taken = Model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        }

        ValueInfoProto[] stored =
        [
            .. Model.Graph.Input.Where(input => taken.Contains(input.Name) || names.Contains(input.Name)),
        ];
        foreach (ValueInfoProto input in stored)
        {
            Model.Graph.Input.Remove(input);
        }
    }
}
