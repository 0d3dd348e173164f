using System.Globalization;

using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Conversion;

/// <summary>
/// Runs a model block by block and its copy with a dynamic batch on all blocks at once, and checks that the results
/// agree.
/// </summary>
internal sealed class BatchCheck
{
    private const int Blocks = 3;

    private readonly string _path;
    private readonly ModelRunner _source;
    private readonly ModelRunner _opened;
    private readonly SampleInputs _samples;
    private readonly RandomDraws _draws;
    private readonly CancellationToken _cancellationToken;

    private BatchCheck(
        string path, ModelRunner source, ModelRunner opened, SampleInputs samples, CancellationToken cancellationToken)
    {
        _samples = samples;
        _path = path;
        _draws = RandomDraws.Read(path);
        _source = source;
        _opened = opened;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Runs both models.</summary>
    /// <param name="path">The model.</param>
    /// <param name="opened">Its copy with a dynamic batch.</param>
    /// <param name="settings">The settings for the generated inputs.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="OnnxDeepException">The copy cannot be run, or an output differs.</exception>
    /// <exception cref="ModelException">
    /// The model itself cannot be run, or no inputs can be generated for it.
    /// </exception>
    public static void Run(string path, string opened, ConversionSettings settings, CancellationToken cancellationToken)
    {
        using var source = OnnxSession.Open(path, settings.Provider, new SessionSettings(), cancellationToken);
        var runner = new ModelRunner(source, []);
        var samples = new SampleInputs(path, runner.Signature, settings.Shape, settings.Given)
        {
            CancellationToken = cancellationToken,
        };
        samples.Run(settings.Seed, values => runner.Run(values, cancellationToken));
        using OnnxSession target = Guard(
            path, () => OnnxSession.Open(opened, settings.Provider, new SessionSettings(), cancellationToken));
        new BatchCheck(path, runner, new ModelRunner(target, []), samples, cancellationToken).Run(
            [.. Enumerable.Range(0, Blocks).Select(block => samples.Create(unchecked(settings.Seed + (ulong)block)))]);
    }

    private static T Guard<T>(string path, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (ModelException e)
        {
            throw Blocked(path, ShownText.Joined((e.InnerException ?? e).Message), e);
        }
    }

    private static OnnxDeepException Blocked(string path, string why, Exception? cause = null) => new(
        ErrorIds.BatchNotOpened,
        $"The batch axis of the model '{path}' cannot be made dynamic: {why} A part of the model depends on its fixed "
        + "batch size. Export the model again with a symbolic first axis.",
        cause);

    private void Run(IReadOnlyDictionary<string, OnnxValue>[] blocks)
    {
        // Inputs without a batch axis are shared by all blocks.
        var joined = new Dictionary<string, OnnxValue>(StringComparer.Ordinal);
        var shared = new Dictionary<string, OnnxValue>(StringComparer.Ordinal);
        HashSet<string> open =
        [
            .. _opened.Signature.Inputs
                .Where(input => input.Type is { Kind: OnnxTypeKind.Tensor, Shape: [{ Extent: null }, ..] })
                .Select(input => input.Name),
        ];
        foreach (string name in blocks[0].Keys)
        {
            bool isOpen = open.Contains(name);
            (isOpen ? joined : shared).Add(
                name, isOpen ? Join([.. blocks.Select(block => block[name])]) : blocks[0][name]);
        }

        IReadOnlyList<OnnxValue>[] expected =
        [
            .. blocks.Select(block => _samples.Guard(() => _source.Run(
                block.ToDictionary(pair => pair.Key, pair => shared.GetValueOrDefault(pair.Key, pair.Value)),
                _cancellationToken))),
        ];
        IReadOnlyList<OnnxValue> given = Guard(
            _path,
            () => _opened.Run(
                joined.Concat(shared).ToDictionary(pair => pair.Key, pair => pair.Value), _cancellationToken));
        for (int i = 0; i < given.Count; i++)
        {
            Compare(_opened.Outputs[i], given[i], [.. expected.Select(outputs => outputs[i])]);
        }
    }

    private void Compare(string name, OnnxValue given, OnnxValue[] expected)
    {
        bool isBatch = expected.All(value => value is OnnxTensor { Shape.Count: > 0 } tensor
            && TensorRows.IsAlike((OnnxTensor)expected[0], tensor));
        OnnxValue[] wanted = isBatch ? [Join(expected)] : expected;
        foreach (OnnxValue value in wanted)
        {
            // Random numbers differ from run to run, so only their number can be checked.
            if (_draws.Affect(name) && value is OnnxTensor { Shape: var shape }
                && given is OnnxTensor other && other.Shape.SequenceEqual(shape))
            {
                continue;
            }

            if (FindDifference($"output '{name}'", given, value) is string difference)
            {
                throw Blocked(_path, $"with {Blocks} batches at once, {difference}.");
            }
        }
    }

    private static OnnxTensor Join(OnnxValue[] values) => TensorRows.Join([.. values.Cast<OnnxTensor>()]);

    // Returns the first difference that is not due to rounding, in words; the largest expected number determines the
    // tolerance.
    private static string? FindDifference(string name, OnnxValue given, OnnxValue expected)
    {
        const double Rounding = 1e-5;
        const double RelativeRounding = 1e-3;
        var difference = new ValueDifference();
        new ValueComparer(Rounding * Math.Max(Largest(expected), 1e-3), RelativeRounding)
            .Compare(name, given, expected, difference);
        return difference.First;
    }

    private static double Largest(OnnxValue value) =>
        value is OnnxTensor { ElementType: OnnxElementType.Float or OnnxElementType.Double } tensor
            ? Enumerable.Range(0, tensor.Count)
                .Select(index => Math.Abs(Convert.ToDouble(tensor.GetElement(index), CultureInfo.InvariantCulture)))
                .Where(double.IsFinite)
                .DefaultIfEmpty(1)
                .Max()
            : 1;
}
