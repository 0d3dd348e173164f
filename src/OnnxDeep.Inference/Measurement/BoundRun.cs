using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Values;

namespace OnnxDeep.Inference.Measurement;

/// <summary>
/// A run with inputs and outputs in the device's own memory, so nothing is copied between the device and the CPU.
/// </summary>
internal sealed class BoundRun : PreparedRun
{
    private readonly InferenceSession _session;
    private readonly OrtInputs _inputs;
    private readonly OrtIoBinding _binding;
    private readonly IDisposableReadOnlyCollection<OrtMemoryInfo> _places;
    private readonly bool _capturesGraph;

    /// <summary>Copies the inputs to the device.</summary>
    /// <param name="session">
    /// A model whose outputs are all tensors, because a binding appends to the sequences that it holds.
    /// </param>
    /// <param name="inputs">Owned by the new object, unless the constructor throws.</param>
    /// <param name="capturesGraph">
    /// Whether the session captures a CUDA graph, which repeats only memory addresses.
    /// </param>
    /// <exception cref="OnnxRuntimeException">There is not enough memory, or a value cannot be bound.</exception>
    public BoundRun(InferenceSession session, OrtInputs inputs, bool capturesGraph)
    {
        _session = session;
        _capturesGraph = capturesGraph;
        _inputs = inputs;
        _places = session.GetMemoryInfosForOutputs();
        _binding = session.CreateIoBinding();
        try
        {
            for (int i = 0; i < inputs.Names.Length; i++)
            {
                _binding.BindInput(inputs.Names[i], inputs.Values[i]);
            }

            _binding.SynchronizeBoundInputs();
        }
        catch
        {
            _binding.Dispose();
            _places.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The buffers that each run writes its outputs to, in the order of their names; null if each run has its own.
    /// </summary>
    public IDisposableReadOnlyCollection<OrtValue>? Outputs { get; private set; }

    /// <summary>2 with a CUDA graph, which is captured in the second run; otherwise 1.</summary>
    public override int LeastWarmUpRuns => _capturesGraph ? 2 : 1;

    /// <summary>Runs for the first time; with a CUDA graph, all other runs reuse the outputs of this run.</summary>
    /// <param name="options">The options of the other runs.</param>
    public override void RunFirst(RunOptions options)
    {
        if (!_capturesGraph)
        {
            Run(options);
            return;
        }

        using RunOptions plain = CudaGraph.CreateOptionsWithout();
        Run(plain);
        string[] names = _binding.GetOutputNames();
        Outputs = _binding.GetOutputValues();
        for (int i = 0; i < names.Length; i++)
        {
            _binding.BindOutput(names[i], Outputs[i]);
        }
    }

    /// <inheritdoc/>
    public override void Run(RunOptions options)
    {
        // Outputs that are bound once are overwritten, and the next run may have another shape.
        for (int i = 0; Outputs is null && i < _places.Count; i++)
        {
            _binding.BindOutputToDevice(_session.OutputNames[i], _places[i]);
        }

        _session.RunWithBinding(options, _binding);
        _binding.SynchronizeBoundOutputs();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _binding.Dispose();
        _places.Dispose();
        Outputs?.Dispose();
        _inputs.Dispose();
    }
}
