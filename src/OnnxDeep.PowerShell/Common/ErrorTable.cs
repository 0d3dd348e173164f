using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Adds to the libraries' errors what only the cmdlets know: the category of each id, and a hint that names a cmdlet
/// or a parameter. A test fails if an id is missing.
/// </summary>
internal static class ErrorTable
{
    private static readonly Dictionary<string, Entry> s_entries = new(StringComparer.Ordinal)
    {
        [ErrorIds.PathNotFound] = new(ErrorCategory.ObjectNotFound, "-Path permits wildcards; -LiteralPath does not."),
        [ErrorIds.PathIsDirectory] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.LinkBroken] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.PathInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.NotARegularFile] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.FileNotReadable] = new(ErrorCategory.ReadError),
        [ErrorIds.FileChanged] = new(ErrorCategory.ResourceBusy),
        [ErrorIds.DigestMissing] = new(ErrorCategory.InvalidData),
        [ErrorIds.DigestMismatch] = new(ErrorCategory.InvalidData),
        [ErrorIds.BinaryFile] = new(ErrorCategory.InvalidData),
        [ErrorIds.NotAWordList] = new(
            ErrorCategory.InvalidData,
            "Import-Csv and ConvertFrom-Json read such files; -WordProperty specifies the property with the word."),
        [ErrorIds.FileExists] = new(ErrorCategory.ResourceExists, "Omit -NoClobber to overwrite it."),
        [ErrorIds.OutputNotWritable] = new(ErrorCategory.WriteError),
        [ErrorIds.SettingsDamaged] = new(ErrorCategory.InvalidData),
        [ErrorIds.SettingsUnsafe] = new(ErrorCategory.SecurityError),
        [ErrorIds.EnvironmentInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.EmptyWord] = new(ErrorCategory.InvalidData),
        [ErrorIds.BlankWord] = new(ErrorCategory.InvalidData),
        [ErrorIds.WordTooLong] = new(ErrorCategory.InvalidData),
        [ErrorIds.WordContainsNul] = new(ErrorCategory.InvalidData),
        [ErrorIds.WordNotUnicode] = new(ErrorCategory.InvalidData),
        [ErrorIds.OneClassOnly] = new(ErrorCategory.InvalidData),
        [ErrorIds.TooFewExamples] = new(ErrorCategory.InvalidData),
        [ErrorIds.TargetConstant] = new(ErrorCategory.InvalidData),
        [ErrorIds.TargetNotNumeric] = new(
            ErrorCategory.InvalidData, "New-Classifier learns categories; -TargetProperty specifies the target."),
        [ErrorIds.TargetTooFine] = new(ErrorCategory.InvalidData),
        [ErrorIds.NoKnownWord] = new(ErrorCategory.InvalidData, "Use -Vectors to specify them."),
        [ErrorIds.NoFeatures] = new(
            ErrorCategory.InvalidData,
            "-LabelProperty and -Feature specify the columns, and -Vectors the word vectors of free text."),
        [ErrorIds.NotANumber] = new(ErrorCategory.InvalidData),
        [ErrorIds.NestingTooDeep] = new(ErrorCategory.InvalidData),
        [ErrorIds.PropertyNameInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.PropertyFailed] = new(ErrorCategory.InvalidData),
        [ErrorIds.NumberAmbiguous] = new(
            ErrorCategory.InvalidData, "-Culture specifies it, such as -Culture de-DE for decimal commas."),
        [ErrorIds.DateAmbiguous] = new(
            ErrorCategory.InvalidData, "-Culture specifies the order of all; -ExcludeFeature leaves the column out."),
        [ErrorIds.TooManyFeatures] = new(ErrorCategory.LimitsExceeded, "-Feature specifies the columns."),
        [ErrorIds.CultureMissing] = new(ErrorCategory.NotInstalled),
        [ErrorIds.ModelUnexplained] = new(ErrorCategory.NotImplemented),
        [ErrorIds.ColumnsUnknown] = new(
            ErrorCategory.InvalidType,
            "New-Classifier trains such a model; Invoke-OnnxModel takes the numbers themselves, and -Vectors specifies "
            + "the vectors of a model of words."),
        [ErrorIds.TooManyClasses] = new(ErrorCategory.LimitsExceeded),
        [ErrorIds.LabelUnknown] = new(ErrorCategory.InvalidData),
        [ErrorIds.TrainingDiverged] = new(ErrorCategory.InvalidData),
        [ErrorIds.ModelNotOnnx] = new(ErrorCategory.InvalidData),
        [ErrorIds.ModelTruncated] = new(ErrorCategory.InvalidData),
        [ErrorIds.ModelInvalid] = new(ErrorCategory.InvalidData),
        [ErrorIds.ModelCyclic] = new(ErrorCategory.InvalidData),
        [ErrorIds.ModelNotDense] = new(ErrorCategory.InvalidType),
        [ErrorIds.ModelTooLarge] = new(ErrorCategory.LimitsExceeded),
        [ErrorIds.MetadataInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.MetadataTooLarge] = new(ErrorCategory.LimitsExceeded),
        [ErrorIds.TensorTruncated] = new(ErrorCategory.InvalidData),
        [ErrorIds.TensorInvalid] = new(ErrorCategory.InvalidData),
        [ErrorIds.TensorTooLarge] = new(ErrorCategory.LimitsExceeded),
        [ErrorIds.TensorUnsupported] = new(ErrorCategory.InvalidData),
        [ErrorIds.NoConvertibleWeights] = new(ErrorCategory.InvalidType),
        [ErrorIds.OpsetTooOld] = new(ErrorCategory.InvalidType),
        [ErrorIds.BatchNotOpened] = new(ErrorCategory.InvalidOperation),
        [ErrorIds.ConversionUnusable] = new(ErrorCategory.InvalidOperation),
        [ErrorIds.VectorsDamaged] = new(ErrorCategory.InvalidData),
        [ErrorIds.VectorsFormatUnknown] = new(ErrorCategory.InvalidData),
        [ErrorIds.VectorsEncodingWrong] = new(
            ErrorCategory.InvalidData, "Use -Encoding to specify it, or -InvalidWord Replace."),
        [ErrorIds.VectorsNeedPickle] = new(ErrorCategory.InvalidData),
        [ErrorIds.VectorsArchiveUnsafe] = new(ErrorCategory.SecurityError),
        [ErrorIds.VectorsAmbiguous] = new(ErrorCategory.InvalidArgument, "Use -Entry to specify it."),
        [ErrorIds.WordListMismatch] = new(ErrorCategory.InvalidData, "Use -WordList to specify it."),
        [ErrorIds.VectorsNotFinite] = new(ErrorCategory.InvalidData, "Use -Quantize to choose another element type."),
        [ErrorIds.VectorsHaveNoKeys] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.WordModelTooLarge] = new(ErrorCategory.LimitsExceeded, "Use -Keys to limit their number."),
        [ErrorIds.DownloadNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.DownloadRefused] = new(ErrorCategory.ConnectionError),
        [ErrorIds.DownloadFailed] = new(ErrorCategory.ConnectionError),
        [ErrorIds.DownloadDigestMismatch] = new(ErrorCategory.InvalidData),
        [ErrorIds.DownloadSizeMismatch] = new(ErrorCategory.InvalidData),
        [ErrorIds.DownloadTooLarge] = new(ErrorCategory.InvalidData),
        [ErrorIds.DownloadUriInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ModelNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.VectorsNotFound] = new(
            ErrorCategory.ObjectNotFound,
            "Import-WordVector creates a table from spaCy, GloVe, word2vec or fastText files."),
        [ErrorIds.VectorsNameInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.VectorsExist] = new(
            ErrorCategory.ResourceExists,
            "Use -Force to replace it, or -Name to specify another name."),
        [ErrorIds.VectorsShipped] = new(ErrorCategory.PermissionDenied),
        [ErrorIds.VectorsMismatch] = new(
            ErrorCategory.InvalidType,
            "-Vectors specifies them, and -Force ignores the difference."),
        [ErrorIds.ModelInputMismatch] = new(ErrorCategory.InvalidType),
        [ErrorIds.ModelOutputMismatch] = new(ErrorCategory.InvalidType),
        [ErrorIds.OnnxRuntimeMissing] = new(ErrorCategory.InvalidData),
        [ErrorIds.RunUnsafe] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.RunTimedOut] = new(ErrorCategory.OperationTimeout),
        [ErrorIds.InputNameUnknown] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.InputNameAmbiguous] = new(
            ErrorCategory.InvalidArgument,
            "[Collections.Hashtable]::new() distinguishes case; @{} and the properties of objects do not."),
        [ErrorIds.InputMissing] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ModelTakesColumns] = new(
            ErrorCategory.InvalidArgument, "Invoke-Classifier takes rows with these columns."),
        [ErrorIds.InputTypeMismatch] = new(ErrorCategory.InvalidType),
        [ErrorIds.InputShapeMismatch] = new(ErrorCategory.InvalidType),
        [ErrorIds.OutputNameUnknown] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.InputNotGenerated] = new(ErrorCategory.InvalidArgument, "Use -InputObject to specify it."),
        [ErrorIds.InputTooLarge] = new(ErrorCategory.LimitsExceeded),
        [ErrorIds.DimensionInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.BatchSizeFixed] = new(
            ErrorCategory.InvalidArgument,
            "Convert-OnnxModel -DynamicBatch makes the first axis dynamic."),
        [ErrorIds.ModelTestsNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ProviderNotFound] = new(
            ErrorCategory.ObjectNotFound,
            "Get-OnnxExecutionProvider lists all providers."),
        [ErrorIds.ProviderUnavailable] = new(
            ErrorCategory.NotInstalled,
            "Get-OnnxExecutionProvider lists all providers and what they require."),
        [ErrorIds.ProviderRefused] = new(
            ErrorCategory.InvalidOperation,
            "Check -DeviceId and -ProviderOption, or use -Provider CPU."),
        [ErrorIds.ProviderDeviceNotFound] = new(
            ErrorCategory.ObjectNotFound,
            "Get-OnnxExecutionProvider lists the devices."),
        [ErrorIds.ProviderOptionInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ProviderNameReserved] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ProviderExists] = new(
            ErrorCategory.ResourceExists,
            "Use Unregister-OnnxExecutionProvider to unregister it."),
        [ErrorIds.ProviderInUse] = new(ErrorCategory.ResourceBusy),
        [ErrorIds.ProviderLibraryNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ProviderLibraryNotLoadable] = new(ErrorCategory.InvalidData),
        [ErrorIds.ProviderLibraryInvalid] = new(ErrorCategory.InvalidData),
        [ErrorIds.ProviderLibraryUnsafe] = new(ErrorCategory.SecurityError),
        [ErrorIds.PlotFormatUnknown] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.NetworkTooLarge] = new(ErrorCategory.LimitsExceeded, "Use Export-WeightPlot -Layer to draw them."),
        [ErrorIds.HistoryEmpty] = new(ErrorCategory.InvalidData),
        [ErrorIds.HistoryInvalid] = new(ErrorCategory.InvalidData),
        [ErrorIds.ConfusionInvalid] = new(ErrorCategory.InvalidData),
        [ErrorIds.ReliabilityInvalid] = new(ErrorCategory.InvalidData),
        [ErrorIds.PlotTooFewWords] = new(ErrorCategory.InvalidData),
        [ErrorIds.PlotTooManyWords] = new(
            ErrorCategory.LimitsExceeded,
            "Use Select-Object -First to limit their number."),
        [ErrorIds.PlotPointsInvalid] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ReportEmpty] = new(ErrorCategory.InvalidData),
        [ErrorIds.PlotPathTaken] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.PlotUnsupported] = new(ErrorCategory.NotInstalled),
    };

    /// <summary>Gets the category of an error.</summary>
    /// <exception cref="KeyNotFoundException">The id is not in the table.</exception>
    public static ErrorCategory Category(OnnxDeepException exception) => s_entries[exception.ErrorId].Category;

    /// <summary>Gets the hint for an error's message, or null if there is none.</summary>
    public static string? Hint(OnnxDeepException exception) => exception.Context switch
    {
        ErrorContext.Comparison =>
            "Use -BatchSize and -Dimension to set dynamic dimensions, "
            + "-InputObject to specify values, or -StructureOnly to compare only the files.",
        ErrorContext.GeneratedInputs => "Use -InputObject to specify them.",
        ErrorContext.Settings => "Use Unregister-OnnxExecutionProvider to do so.",
        ErrorContext.Words => "Export-WordModel exports a model and its words.",
        ErrorContext.SkippedExamples => "Use -Verbose to see why.",
        ErrorContext.TextTensor => "-ElementType, -Header and -Delimiter specify these.",
        _ => s_entries[exception.ErrorId].Hint,
    };

    private sealed record Entry(ErrorCategory Category, string? Hint = null);
}
