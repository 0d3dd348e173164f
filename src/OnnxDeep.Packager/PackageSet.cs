using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace OnnxDeep.Packager;

/// <summary>
/// The packages of the module: the full one in the output folder, and one for each platform in a folder of that name.
/// Beside each are its bill of materials and the hashes of its files; SHA256SUMS has the hashes of all of these.
/// </summary>
internal static class PackageSet
{
    private const string Sums = "SHA256SUMS";

    /// <summary>Writes all packages and their companions.</summary>
    /// <param name="module">The staged module.</param>
    /// <param name="nuspec">The metadata of the full package; those of the others name their platform as well.</param>
    /// <param name="output">The output folder; created if it does not exist.</param>
    public static void Write(ModuleInventory module, string nuspec, string output)
    {
        var files = new ConcurrentDictionary<string, PackedFile>(StringComparer.Ordinal);
        Parallel.ForEach(
            module.Files.OrderByDescending(file => new FileInfo(Path.Combine(module.Folder, file)).Length),
            file => files[file] = PackedFile.From(File.ReadAllBytes(Path.Combine(module.Folder, file))));

        XDocument metadata = XDocument.Load(nuspec);
        List<string> written = [.. WritePackage(module, metadata, files, output, string.Empty)];

        // A module that was built for a single platform is the package for that platform.
        foreach (string platform in module.Platforms.Count > 1 ? module.Platforms : [])
        {
            written.AddRange(WritePackage(module.For(platform), metadata, files, output, platform));
        }

        WriteText(Path.Combine(output, Sums), string.Concat(written.Select(name => SumLine(output, name))));
    }

    private static IEnumerable<string> WritePackage(
        ModuleInventory module,
        XDocument metadata,
        ConcurrentDictionary<string, PackedFile> allFiles,
        string output,
        string platform)
    {
        Dictionary<string, PackedFile> files = module.Files.ToDictionary(
            file => file,
            file => file == NoticeWriter.FileName
                ? PackedFile.From(Encoding.UTF8.GetBytes(NoticeWriter.Write(module)))
                : allFiles[file]);
        string name = $"OnnxDeep.{module.Version}";
        string folder = Directory.CreateDirectory(Path.Combine(output, platform)).FullName;
        using (FileStream package = File.Create(Path.Combine(folder, name + ".nupkg")))
        {
            ZipFormat.Write(package, [.. OpenPackage.Parts(metadata, platform, module.Files), .. files]);
        }

        WriteText(Path.Combine(folder, name + ".cdx.json"), BillOfMaterials.Write(module, files));
        WriteText(
            Path.Combine(folder, name + ".files.sha256"),
            string.Concat(files.Select(file => $"{file.Value.Sha256}  {file.Key}\n")));
        string prefix = platform.Length > 0 ? platform + "/" : string.Empty;
        return [$"{prefix}{name}.nupkg", $"{prefix}{name}.cdx.json", $"{prefix}{name}.files.sha256"];
    }

    private static string SumLine(string folder, string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(folder, name));
        return $"{Convert.ToHexStringLower(SHA256.HashData(file))}  {name}\n";
    }

    private static void WriteText(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(false));
}
