namespace OnnxDeep;

/// <summary>
/// The stable values of <see cref="OnnxDeepException.ErrorId"/>. Scripts may test for them, so they never change
/// between versions.
/// </summary>
public static class ErrorIds
{
    /// <summary>The file does not exist.</summary>
    public const string PathNotFound = nameof(PathNotFound);

    /// <summary>The path is a directory where a file is needed.</summary>
    public const string PathIsDirectory = nameof(PathIsDirectory);

    /// <summary>The path is a symbolic link that leads to nothing, or to itself.</summary>
    public const string LinkBroken = nameof(LinkBroken);

    /// <summary>The path contains a character that paths cannot contain.</summary>
    public const string PathInvalid = nameof(PathInvalid);

    /// <summary>The path leads to a pipe, a device or a socket where a regular file is needed.</summary>
    public const string NotARegularFile = nameof(NotARegularFile);

    /// <summary>The file cannot be read.</summary>
    public const string FileNotReadable = nameof(FileNotReadable);

    /// <summary>Another program replaced or changed the file while it was used.</summary>
    public const string FileChanged = nameof(FileChanged);

    /// <summary>The file contains no digest that its content could be compared with.</summary>
    public const string DigestMissing = nameof(DigestMissing);

    /// <summary>The content of the file is not what its digest says.</summary>
    public const string DigestMismatch = nameof(DigestMismatch);

    /// <summary>The file contains NUL characters, so it is not text in the encoding used to read it.</summary>
    public const string BinaryFile = nameof(BinaryFile);

    /// <summary>The file is a table or another format with more than a word per line.</summary>
    public const string NotAWordList = nameof(NotAWordList);

    /// <summary>The file exists and must not be overwritten.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>The file cannot be written; any existing file is unchanged.</summary>
    public const string OutputNotWritable = nameof(OutputNotWritable);

    /// <summary>The user's settings file is not in the format that this module writes.</summary>
    public const string SettingsDamaged = nameof(SettingsDamaged);

    /// <summary>Others can change the user's settings file, which names libraries to load.</summary>
    public const string SettingsUnsafe = nameof(SettingsUnsafe);

    /// <summary>An environment variable of this library has a value that it cannot have.</summary>
    public const string EnvironmentInvalid = nameof(EnvironmentInvalid);

    /// <summary>The word is empty or null.</summary>
    public const string EmptyWord = nameof(EmptyWord);

    /// <summary>The word consists of white space.</summary>
    public const string BlankWord = nameof(BlankWord);

    /// <summary>The word exceeds the maximum length.</summary>
    public const string WordTooLong = nameof(WordTooLong);

    /// <summary>The word contains a NUL character.</summary>
    public const string WordContainsNul = nameof(WordContainsNul);

    /// <summary>The word contains half of a surrogate pair.</summary>
    public const string WordNotUnicode = nameof(WordNotUnicode);

    /// <summary>There are fewer than two classes.</summary>
    public const string OneClassOnly = nameof(OneClassOnly);

    /// <summary>A class has too few examples to train and test on.</summary>
    public const string TooFewExamples = nameof(TooFewExamples);

    /// <summary>A numeric target has the same value in all rows.</summary>
    public const string TargetConstant = nameof(TargetConstant);

    /// <summary>A target has no numbers to predict.</summary>
    public const string TargetNotNumeric = nameof(TargetNotNumeric);

    /// <summary>32-bit floats cannot tell the values of a numeric target apart.</summary>
    public const string TargetTooFine = nameof(TargetTooFine);

    /// <summary>None of the words has a vector.</summary>
    public const string NoKnownWord = nameof(NoKnownWord);

    /// <summary>The rows contain no numbers to learn from.</summary>
    public const string NoFeatures = nameof(NoFeatures);

    /// <summary>A value is not a finite number.</summary>
    public const string NotANumber = nameof(NotANumber);

    /// <summary>A list contains itself, or lists are nested too deeply.</summary>
    public const string NestingTooDeep = nameof(NestingTooDeep);

    /// <summary>The value is not the name of a property.</summary>
    public const string PropertyNameInvalid = nameof(PropertyNameInvalid);

    /// <summary>The script of an object's property ended with an error.</summary>
    public const string PropertyFailed = nameof(PropertyFailed);

    /// <summary>A text is like a number, but its format is not clear: a comma may be a decimal comma.</summary>
    public const string NumberAmbiguous = nameof(NumberAmbiguous);

    /// <summary>The order of day and month differs between the dates of a column.</summary>
    public const string DateAmbiguous = nameof(DateAmbiguous);

    /// <summary>The columns have more features than a model can have.</summary>
    public const string TooManyFeatures = nameof(TooManyFeatures);

    /// <summary>This machine lacks the culture of a model's numbers.</summary>
    public const string CultureMissing = nameof(CultureMissing);

    /// <summary>The model does not say which columns it takes.</summary>
    public const string ColumnsUnknown = nameof(ColumnsUnknown);

    /// <summary>The model has a part whose contributions cannot be computed.</summary>
    public const string ModelUnexplained = nameof(ModelUnexplained);

    /// <summary>There are more classes than a confusion matrix can have.</summary>
    public const string TooManyClasses = nameof(TooManyClasses);

    /// <summary>A requested label does not occur in the examples.</summary>
    public const string LabelUnknown = nameof(LabelUnknown);

    /// <summary>The training loss is no longer a finite number.</summary>
    public const string TrainingDiverged = nameof(TrainingDiverged);

    /// <summary>The file is not an ONNX model.</summary>
    public const string ModelNotOnnx = nameof(ModelNotOnnx);

    /// <summary>The file begins like an ONNX model but ends too early or is damaged.</summary>
    public const string ModelTruncated = nameof(ModelTruncated);

    /// <summary>The model contradicts itself, is not supported, or is rejected by ONNX Runtime.</summary>
    public const string ModelInvalid = nameof(ModelInvalid);

    /// <summary>The nodes of a graph depend on each other's outputs, so none can be computed first.</summary>
    public const string ModelCyclic = nameof(ModelCyclic);

    /// <summary>The model is valid but not a plain chain of dense layers.</summary>
    public const string ModelNotDense = nameof(ModelNotDense);

    /// <summary>The model is larger than the operation allows.</summary>
    public const string ModelTooLarge = nameof(ModelTooLarge);

    /// <summary>A metadata key is empty, or a key or value is not text that UTF-8 can encode.</summary>
    public const string MetadataInvalid = nameof(MetadataInvalid);

    /// <summary>The model would be larger than protobuf allows.</summary>
    public const string MetadataTooLarge = nameof(MetadataTooLarge);

    /// <summary>The file ends too early, or is not a protobuf message.</summary>
    public const string TensorTruncated = nameof(TensorTruncated);

    /// <summary>The content of the file contradicts itself.</summary>
    public const string TensorInvalid = nameof(TensorInvalid);

    /// <summary>The shape has more elements than an array can hold.</summary>
    public const string TensorTooLarge = nameof(TensorTooLarge);

    /// <summary>The element type or file format is not supported.</summary>
    public const string TensorUnsupported = nameof(TensorUnsupported);

    /// <summary>The model has no weights that can be stored in another format.</summary>
    public const string NoConvertibleWeights = nameof(NoConvertibleWeights);

    /// <summary>The model's operator set lacks the operators that the conversion needs.</summary>
    public const string OpsetTooOld = nameof(OpsetTooOld);

    /// <summary>With a larger batch, the model computes different results for the same rows.</summary>
    public const string BatchNotOpened = nameof(BatchNotOpened);

    /// <summary>ONNX Runtime runs the original model but not the converted one.</summary>
    public const string ConversionUnusable = nameof(ConversionUnusable);

    /// <summary>The bytes contradict the format, or end too early.</summary>
    public const string VectorsDamaged = nameof(VectorsDamaged);

    /// <summary>The file is not in a supported format.</summary>
    public const string VectorsFormatUnknown = nameof(VectorsFormatUnknown);

    /// <summary>A key is not valid text in the encoding used to read it.</summary>
    public const string VectorsEncodingWrong = nameof(VectorsEncodingWrong);

    /// <summary>The file can only be read as a Python pickle, and reading a pickle can run code.</summary>
    public const string VectorsNeedPickle = nameof(VectorsNeedPickle);

    /// <summary>
    /// An archive or folder refers to files outside itself, is compressed twice, or exceeds the limits.
    /// </summary>
    public const string VectorsArchiveUnsafe = nameof(VectorsArchiveUnsafe);

    /// <summary>Several files or tensors match, and it is not clear which one is meant.</summary>
    public const string VectorsAmbiguous = nameof(VectorsAmbiguous);

    /// <summary>The word list is missing, or its length does not match the number of vectors.</summary>
    public const string WordListMismatch = nameof(WordListMismatch);

    /// <summary>A number is not finite, or too large for the chosen precision.</summary>
    public const string VectorsNotFinite = nameof(VectorsNotFinite);

    /// <summary>The vectors have no words, only character n-grams.</summary>
    public const string VectorsHaveNoKeys = nameof(VectorsHaveNoKeys);

    /// <summary>The model would be larger than an ONNX file can be.</summary>
    public const string WordModelTooLarge = nameof(WordModelTooLarge);

    /// <summary>The server does not have the file: 404 or 410.</summary>
    public const string DownloadNotFound = nameof(DownloadNotFound);

    /// <summary>The server or the proxy refuses the file: 401, 403, 407 or another 4xx.</summary>
    public const string DownloadRefused = nameof(DownloadRefused);

    /// <summary>
    /// The server cannot be found, does not respond, repeatedly closes the connection, or answers with 5xx.
    /// </summary>
    public const string DownloadFailed = nameof(DownloadFailed);

    /// <summary>The file's SHA-256 is not the expected one.</summary>
    public const string DownloadDigestMismatch = nameof(DownloadDigestMismatch);

    /// <summary>The file's size is not the expected one.</summary>
    public const string DownloadSizeMismatch = nameof(DownloadSizeMismatch);

    /// <summary>The file is larger than allowed.</summary>
    public const string DownloadTooLarge = nameof(DownloadTooLarge);

    /// <summary>The address, or one that it redirects to, is not accepted.</summary>
    public const string DownloadUriInvalid = nameof(DownloadUriInvalid);

    /// <summary>No model has that name or path.</summary>
    public const string ModelNotFound = nameof(ModelNotFound);

    /// <summary>No vector table has that name or path.</summary>
    public const string VectorsNotFound = nameof(VectorsNotFound);

    /// <summary>The name is not valid for a table.</summary>
    public const string VectorsNameInvalid = nameof(VectorsNameInvalid);

    /// <summary>A table with that name already exists.</summary>
    public const string VectorsExist = nameof(VectorsExist);

    /// <summary>The table is part of the module and cannot be changed.</summary>
    public const string VectorsShipped = nameof(VectorsShipped);

    /// <summary>The model was trained with other vectors.</summary>
    public const string VectorsMismatch = nameof(VectorsMismatch);

    /// <summary>The model's inputs do not match the values that it would be given.</summary>
    public const string ModelInputMismatch = nameof(ModelInputMismatch);

    /// <summary>The model's outputs are not probabilities for each row.</summary>
    public const string ModelOutputMismatch = nameof(ModelOutputMismatch);

    /// <summary>ONNX Runtime itself is not usable on this machine.</summary>
    public const string OnnxRuntimeMissing = nameof(OnnxRuntimeMissing);

    /// <summary>The run exceeded its time limit.</summary>
    public const string RunTimedOut = nameof(RunTimedOut);

    /// <summary>ONNX Runtime would end the process, or a model divides whole numbers by zero.</summary>
    public const string RunUnsafe = nameof(RunUnsafe);

    /// <summary>The model has no input with that name.</summary>
    public const string InputNameUnknown = nameof(InputNameUnknown);

    /// <summary>Names of the model's inputs differ only in case, and it is unclear which one a value is for.</summary>
    public const string InputNameAmbiguous = nameof(InputNameAmbiguous);

    /// <summary>A value that the model needs is missing.</summary>
    public const string InputMissing = nameof(InputMissing);

    /// <summary>A model takes the columns of a table, but is given something else.</summary>
    public const string ModelTakesColumns = nameof(ModelTakesColumns);

    /// <summary>The type of a value does not match the model's input.</summary>
    public const string InputTypeMismatch = nameof(InputTypeMismatch);

    /// <summary>The shape of a value does not match the model's input.</summary>
    public const string InputShapeMismatch = nameof(InputShapeMismatch);

    /// <summary>The model has no output with that name.</summary>
    public const string OutputNameUnknown = nameof(OutputNameUnknown);

    /// <summary>No values can be generated for an input.</summary>
    public const string InputNotGenerated = nameof(InputNotGenerated);

    /// <summary>The generated values would be too large.</summary>
    public const string InputTooLarge = nameof(InputTooLarge);

    /// <summary>The symbolic dimension does not exist, or cannot have that extent.</summary>
    public const string DimensionInvalid = nameof(DimensionInvalid);

    /// <summary>The model only takes batches of one size.</summary>
    public const string BatchSizeFixed = nameof(BatchSizeFixed);

    /// <summary>There are no tests at that path.</summary>
    public const string ModelTestsNotFound = nameof(ModelTestsNotFound);

    /// <summary>There is no execution provider with that name.</summary>
    public const string ProviderNotFound = nameof(ProviderNotFound);

    /// <summary>The provider cannot run on this machine, or is not part of this build.</summary>
    public const string ProviderUnavailable = nameof(ProviderUnavailable);

    /// <summary>The provider works but rejects this model, which the CPU accepts.</summary>
    public const string ProviderRefused = nameof(ProviderRefused);

    /// <summary>The provider has no such device.</summary>
    public const string ProviderDeviceNotFound = nameof(ProviderDeviceNotFound);

    /// <summary>The provider does not support the option.</summary>
    public const string ProviderOptionInvalid = nameof(ProviderOptionInvalid);

    /// <summary>The name is reserved, so no library can be registered under it.</summary>
    public const string ProviderNameReserved = nameof(ProviderNameReserved);

    /// <summary>Another library is already registered under that name.</summary>
    public const string ProviderExists = nameof(ProviderExists);

    /// <summary>Models still use the library's devices.</summary>
    public const string ProviderInUse = nameof(ProviderInUse);

    /// <summary>The library does not exist.</summary>
    public const string ProviderLibraryNotFound = nameof(ProviderLibraryNotFound);

    /// <summary>The system cannot load the library or one of its dependencies.</summary>
    public const string ProviderLibraryNotLoadable = nameof(ProviderLibraryNotLoadable);

    /// <summary>The library is not an ONNX Runtime plug-in, or not one for this version.</summary>
    public const string ProviderLibraryInvalid = nameof(ProviderLibraryInvalid);

    /// <summary>Others can change the library, which would run their code as the user.</summary>
    public const string ProviderLibraryUnsafe = nameof(ProviderLibraryUnsafe);

    /// <summary>The extension is not .png or .svg.</summary>
    public const string PlotFormatUnknown = nameof(PlotFormatUnknown);

    /// <summary>The network has more layers or units than a picture can show.</summary>
    public const string NetworkTooLarge = nameof(NetworkTooLarge);

    /// <summary>The training history contains no epochs.</summary>
    public const string HistoryEmpty = nameof(HistoryEmpty);

    /// <summary>The object is neither a training history nor a row of one.</summary>
    public const string HistoryInvalid = nameof(HistoryInvalid);

    /// <summary>
    /// The confusion matrix is not square, has a negative count, or does not have one label for each class.
    /// </summary>
    public const string ConfusionInvalid = nameof(ConfusionInvalid);

    /// <summary>There are no probabilities whose reliability can be drawn.</summary>
    public const string ReliabilityInvalid = nameof(ReliabilityInvalid);

    /// <summary>Too few of the words have a vector to plot them in two dimensions.</summary>
    public const string PlotTooFewWords = nameof(PlotTooFewWords);

    /// <summary>There are more words than a picture can show.</summary>
    public const string PlotTooManyWords = nameof(PlotTooManyWords);

    /// <summary>
    /// A regression has fewer than two points, unpaired coordinates, or all points in the same place.
    /// </summary>
    public const string PlotPointsInvalid = nameof(PlotPointsInvalid);

    /// <summary>The training report has nothing to show.</summary>
    public const string ReportEmpty = nameof(ReportEmpty);

    /// <summary>A second picture would overwrite the first one in the same file.</summary>
    public const string PlotPathTaken = nameof(PlotPathTaken);

    /// <summary>The drawing library has no native library for this system.</summary>
    public const string PlotUnsupported = nameof(PlotUnsupported);
}
