using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference;

/// <summary>A run with inputs and outputs in the device's own memory: nothing is copied between it and the processor's.</summary>
internal sealed class BoundRun : PreparedRun
{
    private readonly InferenceSession _session;
    private readonly OrtInputs _inputs;
    private readonly OrtIoBinding _binding;

    /// <summary>Copies the inputs to the device.</summary>
    /// <param name="session">The model.</param>
    /// <param name="inputs">Taken over, but not where this throws.</param>
    /// <exception cref="OnnxRuntimeException">There is no room, or a value cannot be bound.</exception>
    public BoundRun(InferenceSession session, OrtInputs inputs)
    {
        _session = session;
        _inputs = inputs;
        _binding = session.CreateIoBinding();
        try
        {
            for (int i = 0; i < inputs.Names.Length; i++)
            {
                _binding.BindInput(inputs.Names[i], inputs.Values[i]);
            }

            _binding.SynchronizeBoundInputs();
            using IDisposableReadOnlyCollection<OrtMemoryInfo> places = session.GetMemoryInfosForOutputs();
            for (int i = 0; i < places.Count; i++)
            {
                _binding.BindOutputToDevice(session.OutputNames[i], places[i]);
            }
        }
        catch
        {
            _binding.Dispose();
            throw;
        }
    }

    /// <summary>What each run writes its outputs to, in the order of their names; null before <see cref="KeepOutputs"/>.</summary>
    public IDisposableReadOnlyCollection<OrtValue>? Outputs { get; private set; }

    /// <summary>Lets the outputs of one run take those of all others: a captured graph knows nothing but addresses.</summary>
    /// <param name="options">Of a run that captures nothing.</param>
    public void KeepOutputs(RunOptions options)
    {
        Run(options);
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
        _session.RunWithBinding(options, _binding);
        _binding.SynchronizeBoundOutputs();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _binding.Dispose();
        Outputs?.Dispose();
        _inputs.Dispose();
    }
}
