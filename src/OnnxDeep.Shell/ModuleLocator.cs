namespace OnnxDeep.Shell;

/// <summary>Finds the module that the shell opens.</summary>
internal static class ModuleLocator
{
    private const string Manifest = "OnnxDeep/OnnxDeep.psd1";

    /// <summary>
    /// The manifest's path: in the <c>module</c> folder beside a published shell, else where the build of the repository
    /// around it stages the module; <see langword="null"/> where neither is.
    /// </summary>
    public static string? Find(string programDirectory)
    {
        string beside = Path.Combine(programDirectory, "module", Manifest);
        if (File.Exists(beside))
        {
            return beside;
        }

        for (DirectoryInfo? folder = new(programDirectory); folder is not null; folder = folder.Parent)
        {
            string staged = Path.Combine(folder.FullName, "artifacts", "module", Manifest);
            if (File.Exists(staged))
            {
                return staged;
            }
        }

        return null;
    }
}
