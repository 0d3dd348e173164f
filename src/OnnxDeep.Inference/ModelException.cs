using OnnxDeep.Onnx.Files;

namespace OnnxDeep.Inference;

/// <summary>A model that was read but cannot do what is asked of it.</summary>
public sealed class ModelException : OnnxDeepException
{
    /// <summary>There is no such model, by name or path.</summary>
    public const string NotFound = "ModelNotFound";

    /// <summary>There is no such vector table, by name or path.</summary>
    public const string VectorsNotFound = "VectorsNotFound";

    /// <summary>The model's inputs are not what it would be given.</summary>
    public const string InputMismatch = "ModelInputMismatch";

    /// <summary>The model's outputs are not one probability a row.</summary>
    public const string OutputMismatch = "ModelOutputMismatch";

    /// <summary>A table cannot have that name.</summary>
    public const string NameInvalid = "VectorsNameInvalid";

    /// <summary>There is a table of that name already.</summary>
    public const string VectorsExist = "VectorsExist";

    /// <summary>The table came with the module and stays as it is.</summary>
    public const string VectorsShipped = "VectorsShipped";

    /// <summary>The model was trained on other vectors.</summary>
    public const string VectorsMismatch = "VectorsMismatch";

    /// <summary>ONNX Runtime refused to load or run it; the id is shared with the file reader's.</summary>
    public const string Refused = ModelFormatException.Invalid;

    /// <summary>ONNX Runtime itself is not usable here.</summary>
    public const string RuntimeMissing = "OnnxRuntimeMissing";

    /// <summary>There is no execution provider of that name.</summary>
    public const string ProviderNotFound = "ProviderNotFound";

    /// <summary>The provider cannot run on this machine, or in this build.</summary>
    public const string ProviderUnavailable = "ProviderUnavailable";

    /// <summary>The provider runs, but refuses this model, which the CPU takes.</summary>
    public const string ProviderRefused = "ProviderRefused";

    /// <summary>The provider has no such device.</summary>
    public const string ProviderDeviceNotFound = "ProviderDeviceNotFound";

    /// <summary>The provider does not take such an option.</summary>
    public const string ProviderOptionInvalid = "ProviderOptionInvalid";

    /// <summary>A library cannot be registered under that name.</summary>
    public const string ProviderNameReserved = "ProviderNameReserved";

    /// <summary>Another library is registered under that name.</summary>
    public const string ProviderExists = "ProviderExists";

    /// <summary>Models still run on the library's devices.</summary>
    public const string ProviderInUse = "ProviderInUse";

    /// <summary>There is no such library.</summary>
    public const string ProviderLibraryNotFound = "ProviderLibraryNotFound";

    /// <summary>The system cannot load the library, or one that it needs.</summary>
    public const string ProviderLibraryNotLoadable = "ProviderLibraryNotLoadable";

    /// <summary>The library is no plug-in of ONNX Runtime, or none for this version.</summary>
    public const string ProviderLibraryInvalid = "ProviderLibraryInvalid";

    /// <summary>The run took longer than it may.</summary>
    public const string TimedOut = "RunTimedOut";

    /// <summary>The model has no input of that name.</summary>
    public const string InputUnknown = "InputNameUnknown";

    /// <summary>A value that the model needs is not given.</summary>
    public const string InputMissing = "InputMissing";

    /// <summary>A value is of another type than the model takes.</summary>
    public const string InputTypeMismatch = "InputTypeMismatch";

    /// <summary>A value is of another shape than the model takes.</summary>
    public const string InputShapeMismatch = "InputShapeMismatch";

    /// <summary>The model has no output of that name.</summary>
    public const string OutputUnknown = "OutputNameUnknown";

    /// <summary>No values can be made up for an input.</summary>
    public const string InputNotGenerated = "InputNotGenerated";

    /// <summary>Made-up values would be too large.</summary>
    public const string InputTooLarge = "InputTooLarge";

    /// <summary>There is no such symbolic dimension, or it cannot have that extent.</summary>
    public const string DimensionInvalid = "DimensionInvalid";

    /// <summary>The model takes batches of one size only.</summary>
    public const string BatchFixed = "BatchSizeFixed";

    /// <summary>There are no tests under that path.</summary>
    public const string NoTests = "ModelTestsNotFound";

    /// <summary>Makes the error.</summary>
    public ModelException(string errorId, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
    }
}
