using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>
/// Rewrites a model with weights in another format or with batches of any size. Fields that it does not know are kept.
/// </summary>
internal sealed class ModelConverter
{
    // The limit of protobuf, and therefore of every program that reads the model.
    private const long MostBytes = int.MaxValue;

    private readonly ModelProto _model;

    private ModelConverter(string path, ModelProto model)
    {
        Path = path;
        _model = model;
    }

    /// <summary>The full path of the model that was read.</summary>
    public string Path { get; }

    /// <summary>The number of matrices that were converted.</summary>
    public int Layers { get; private set; }

    /// <summary>The weights that are unchanged, each with the reason.</summary>
    public IReadOnlyList<string> Skipped { get; private set; } = [];

    /// <summary>Whether weights are stored as float16 and used as float32.</summary>
    public bool HasHalfWeights => WeightSite.HasHalf(_model.Graph);

    /// <summary>Reads a model.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ModelConverter Open(string path)
    {
        var file = OnnxModelFile.Load(path);
        return new ModelConverter(file.Path, file.Model);
    }

    /// <summary>Lets the first axis of inputs and outputs have any extent.</summary>
    /// <returns>Whether any of them was fixed.</returns>
    public bool OpenBatch() => new BatchOpener(_model).Open();

    /// <summary>Stores the weights of Gemm and MatMul nodes of the main graph in another format.</summary>
    /// <param name="format">The new format.</param>
    /// <param name="cancellationToken">Cancels the conversion; the converter cannot be used afterwards.</param>
    /// <exception cref="OnnxDeepException">
    /// There are no such weights, the opset lacks the operators, or the result is too large.
    /// </exception>
    /// <exception cref="FileFormatException">A tensor's numbers cannot be read.</exception>
    public void Convert(WeightFormat format, CancellationToken cancellationToken = default)
    {
        WeightConverter converter = format == WeightFormat.Float16
            ? new HalfWeightConverter(_model, Path)
            : new DynamicQuantizer(_model, Path);
        long opset = _model.OpsetImport
            .FirstOrDefault(set => OnnxNames.NormalizeDomain(set.Domain) == OnnxNames.DefaultDomain)?.Version ?? 1;
        if (opset < converter.LeastOpset)
        {
            throw new OnnxDeepException(
                ErrorIds.OpsetTooOld,
                $"The model '{Path}' uses opset {opset}, but {format} needs {converter.LeastOpset}. "
                + "Export it again with that opset or a later one"
                + $"{(format == WeightFormat.Int8Dynamic ? ", or convert it to Float16" : string.Empty)}.");
        }

        IReadOnlyList<WeightSite> sites = WeightSite.Find(_model.Graph);
        var sizes = new Dictionary<TensorProto, long>(ReferenceEqualityComparer.Instance);
        foreach (WeightSite site in sites)
        {
            sizes[site.Weights.Tensor] = converter.SizeOf(site.Weights.Tensor);
        }

        CheckSize(sizes);
        Layers = converter.Convert(sites, cancellationToken);
        Skipped =
        [
            .. converter.Skipped,
            .. WeightSite.FindElsewhere(_model).Select(pair =>
                $"{pair.Name}: its layer is in '{pair.Place}', but only layers of the main graph are converted"),
        ];
        if (Layers == 0)
        {
            string found = Skipped.Count == 0
                ? "It has no Gemm or MatMul with stored weights."
                : $"Its weights cannot be converted: {string.Join("; ", Skipped)}.";
            throw new OnnxDeepException(
                ErrorIds.NoConvertibleWeights,
                $"The model '{Path}' has no weights to convert. {found} "
                + $"Only dense layers can be stored as {format}.");
        }
    }

    /// <summary>
    /// Writes the model to a new file, completely or not at all; tensors in external files become part of it.
    /// </summary>
    /// <param name="path">The new file.</param>
    /// <param name="cancellationToken">Cancels the writing; any existing file is unchanged.</param>
    /// <exception cref="OnnxDeepException">The model would be too large.</exception>
    /// <exception cref="FileFormatException">External data is missing, or is outside the model's folder.</exception>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public void Write(string path, CancellationToken cancellationToken = default)
    {
        Interruptible.Run(
            () =>
            {
                CheckSize([]);
                TensorContent.Embed(_model, Path, cancellationToken);
                ModelDigest.Store(_model);
                return true;
            },
            _ => { },
            cancellationToken);
        AtomicFile.Write(
            path,
            stream => _model.WriteTo(new CancellableStream(stream, cancellationToken)),
            stop: cancellationToken);
    }

    // The graph itself is small. If its size overflows together with the tensors, the bits are still right as an
    // unsigned number.
    private void CheckSize(Dictionary<TensorProto, long> converted)
    {
        long external = 0;
        long tensors = 0;
        foreach (TensorProto tensor in TensorContent.FindAll(_model))
        {
            long stored = TensorStorage.IsExternal(tensor) ? TensorStorage.Size(Path, tensor) : tensor.RawData.Length;
            tensors += converted.TryGetValue(tensor, out long size) ? Math.Min(size, stored) : stored;
            external += TensorStorage.IsExternal(tensor) ? stored : 0;
        }

        long total = converted.Count > 0 || tensors > MostBytes ? tensors : external + (uint)_model.CalculateSize();
        if (total > MostBytes)
        {
            throw new OnnxDeepException(
                ErrorIds.ModelTooLarge,
                FormattableString.Invariant($"The model '{Path}' would become a file of {total:N0} bytes, ")
                + FormattableString.Invariant($"but an ONNX file can have at most {MostBytes:N0}. ")
                + "Its weights cannot be embedded; convert them to a smaller format, or use a smaller model.");
        }
    }
}

/// <summary>The formats in which the weights of dense layers can be stored.</summary>
public enum WeightFormat
{
    /// <summary>16-bit floating-point numbers, half the size; the model still computes in 32 bits.</summary>
    Float16,

    /// <summary>8-bit integers, a quarter of the size; each run rounds the activations to 8 bits.</summary>
    Int8Dynamic,
}
