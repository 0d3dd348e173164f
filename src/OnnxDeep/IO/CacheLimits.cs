using System.Globalization;

namespace OnnxDeep.IO;

/// <summary>
/// How many files of a kind stay open for later commands. When there are more, those that were not used for the longest
/// time are closed first. What is in use, and what was used last, stays open.
/// </summary>
/// <param name="Files">The most files; 0 to close each after its use.</param>
/// <param name="Bytes">The most memory that they take together.</param>
internal readonly record struct CacheLimits(int Files, long Bytes)
{
    /// <summary>The environment variable that sets the number of files.</summary>
    public const string FilesVariable = "ONNXDEEP_CACHE_FILES";

    /// <summary>The environment variable that sets the memory, in megabytes.</summary>
    public const string MegabytesVariable = "ONNXDEEP_CACHE_MB";

    /// <summary>The default of <see cref="FilesVariable"/>.</summary>
    public const int DefaultFiles = 32;

    /// <summary>The default of <see cref="MegabytesVariable"/>.</summary>
    public const int DefaultMegabytes = 1024;

    /// <summary>Reads the limits from the environment.</summary>
    /// <exception cref="OnnxDeepException">A variable is not a whole number.</exception>
    public static CacheLimits Read() => new(
        Read(FilesVariable, DefaultFiles),
        (long)Read(MegabytesVariable, DefaultMegabytes) << 20);

    private static int Read(string variable, int standard)
    {
        string? text = Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(text)
            ? standard
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new OnnxDeepException(
                    ErrorIds.EnvironmentInvalid,
                    $"The environment variable {variable} is '{text}'. Set it to a whole number, such as {standard}, "
                    + "or remove it.");
    }
}
