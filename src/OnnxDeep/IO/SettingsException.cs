namespace OnnxDeep.IO;

/// <summary>The user's settings cannot be read.</summary>
public sealed class SettingsException : OnnxDeepException
{
    /// <summary>The file is not what this module writes.</summary>
    public const string Damaged = "SettingsDamaged";

    /// <summary>Makes the error.</summary>
    public SettingsException(string path, string reason, Exception? innerException = null)
        : base(
            Damaged,
            $"The settings '{path}' cannot be used: {reason} Mend the file, or remove it to begin with none.",
            innerException)
    {
    }
}
