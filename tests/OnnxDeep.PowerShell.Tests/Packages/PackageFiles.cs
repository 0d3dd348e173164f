using System.IO.Compression;

namespace OnnxDeep.Tests.Packages;

/// <summary>The files of a package that belong to the module.</summary>
internal static class PackageFiles
{
    private static readonly string[] s_conventions = ["[Content_Types].xml", "_rels/", "package/", "OnnxDeep.nuspec"];

    /// <summary>Returns the names of the module's files.</summary>
    public static string[] Names(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        return [.. Entries(zip).Select(entry => entry.FullName)];
    }

    /// <summary>Returns the content of a file.</summary>
    public static string Text(string package, string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Returns each file's content.</summary>
    public static Dictionary<string, byte[]> Read(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        return Entries(zip).ToDictionary(entry => entry.FullName, entry =>
        {
            using Stream stream = entry.Open();
            var content = new byte[entry.Length];
            stream.ReadExactly(content);
            return content;
        });
    }

    private static IEnumerable<ZipArchiveEntry> Entries(ZipArchive zip) => zip.Entries.Where(entry =>
        !s_conventions.Any(name => entry.FullName.StartsWith(name, StringComparison.Ordinal)));
}
