using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Values;

namespace OnnxDeep.Inference.Measurement;

/// <summary>
/// A run with inputs and outputs in the device's own memory: nothing is copied between it and the processor's.
/// </summary>
internal sealed class BoundRun : PreparedRun
{
    private readonly InferenceSession _session;
    private readonly OrtInputs _inputs;
    private readonly OrtIoBinding _binding;
    private readonly IDisposableReadOnlyCollection<OrtMemoryInfo> _places;
    private readonly bool _capturesGraph;

    /// <summary>Copies the inputs to the device.</summary>
    /// <param name="session">A model whose outputs are all tensors: a binding adds to sequences that it keeps.</param>
    /// <param name="inputs">Taken over, but not where this throws.</param>
    /// <param name="capturesGraph">
    /// Whether the session captures a CUDA graph, which knows nothing but addresses.
    /// </param>
    /// <exception cref="OnnxRuntimeException">There is no room, or a value cannot be bound.</exception>
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
    /// What each run writes its outputs to, in the order of their names; null where each has its own.
    /// </summary>
    public IDisposableReadOnlyCollection<OrtValue>? Outputs { get; private set; }

    /// <summary>With a graph the second run captures it.</summary>
    public override int LeastWarmUpRuns => _capturesGraph ? 2 : 1;

    /// <summary>Runs for the first time; with a graph what it gives takes the outputs of all other runs.</summary>
    /// <param name="options">Of the others.</param>
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
        // What is bound once is written over, whose shape the next run need not have.
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
