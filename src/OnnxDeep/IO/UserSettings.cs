using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxDeep.IO;

/// <summary>The user's saved settings: settings.json in <see cref="UserData.Directory"/>.</summary>
internal sealed class UserSettings
{
    private const string Libraries = "executionProviders";

    private readonly JsonObject _root;

    private UserSettings(JsonObject root, string path)
    {
        _root = root;
        ProviderLibraries = new SortedDictionary<string, string>(
            (root[Libraries]?.AsObject() ?? [])
                .ToDictionary(pair => pair.Key, ReadPath, StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
        if (ProviderLibraries.FirstOrDefault(pair =>
            !Path.IsPathFullyQualified(pair.Value) || pair.Value.Contains('\0', StringComparison.Ordinal))
            is { Key: string name, Value: string value })
        {
            throw Damaged(path, $"the library '{value}' of '{name}' is not a full path.");
        }
    }

    /// <summary>The ONNX Runtime plug-in libraries to load on demand: full paths by name.</summary>
    public IReadOnlyDictionary<string, string> ProviderLibraries { get; }

    /// <summary>Reads the file; if it does not exist, there are no settings.</summary>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="OnnxDeepException">Other users can change the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static UserSettings Load()
    {
        string path = UserData.SettingsPathOrEmpty;
        try
        {
            // The file may be removed after this.
            if (!File.Exists(path))
            {
                return new UserSettings([], path);
            }

            using FileStream file = FileTrust.Open(path);
            CheckTrust(file.Name, FileTrust.FindProblem(file));
            return new UserSettings(JsonNode.Parse(file)?.AsObject() ?? [], path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new UserSettings([], path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Damaged(path, $"{e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Adds a library to the settings and writes the file.</summary>
    /// <param name="name">The name of the library.</param>
    /// <param name="libraryPath">Its path.</param>
    /// <param name="cancellationToken">Ends the wait for other processes that change the settings.</param>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="OnnxDeepException">The file cannot be written, or others could change it.</exception>
    public static void Remember(string name, string libraryPath, CancellationToken cancellationToken = default)
    {
        using FileLock only = Lock(cancellationToken);
        UserSettings settings = Load();
        JsonObject libraries = settings.Without(name);
        libraries[name] = Path.GetFullPath(libraryPath);
        settings.Write(libraries);
    }

    /// <summary>Removes a library from the settings, and writes the file if the library was there.</summary>
    /// <param name="name">The name of the library.</param>
    /// <param name="cancellationToken">Ends the wait for other processes that change the settings.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="FileFormatException">The file is damaged.</exception>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public static bool Forget(string name, CancellationToken cancellationToken = default)
    {
        if (!Load().ProviderLibraries.ContainsKey(name))
        {
            return false;
        }

        using FileLock only = Lock(cancellationToken);
        UserSettings settings = Load();
        settings.Write(settings.Without(name));
        return true;
    }

    // Nobody else may change the file between its reading and its writing.
    private static FileLock Lock(CancellationToken cancellationToken)
    {
        string path = UserData.SettingsPath;
        UserData.CreateDirectory();
        CheckTrust(path, FileTrust.FindFolderProblem(UserData.Directory));
        return FileLock.Take(path, cancellationToken);
    }

    // The libraries that the file names run as the user.
    private static void CheckTrust(string path, string? problem)
    {
        if (problem is not null)
        {
            throw new OnnxDeepException(
                ErrorIds.SettingsUnsafe,
                $"The settings file '{path}' is not used, because another user can change which libraries it loads. "
                + problem);
        }
    }

    private static string ReadPath(KeyValuePair<string, JsonNode?> library) =>
        library.Value?.GetValue<string>() ?? throw new InvalidOperationException($"'{library.Key}' has no path.");

    private static FileFormatException Damaged(string path, string reason, Exception? cause = null) => new(
        ErrorIds.SettingsDamaged,
        "settings file",
        path,
        $"cannot be used: {reason} Fix the file, or delete it to reset.",
        cause);

    private JsonObject Without(string name) => new(ProviderLibraries
        .Where(pair => !pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    // Keep everything else in the file, such as settings of a later version.
    private void Write(JsonObject libraries)
    {
        _root[Libraries] = libraries;
        AtomicFile.Write(UserData.SettingsPath, stream =>
        {
            FileTrust.KeepOthersOut((FileStream)stream);
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            _root.WriteTo(writer);
        });
    }
}
