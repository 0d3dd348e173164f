using System.Text;
using System.Xml.Linq;

namespace OnnxDeep.Packager;

/// <summary>The parts that make a zip file a NuGet package: the metadata and the Open Packaging Conventions.</summary>
/// <remarks>ISO/IEC 29500-2.</remarks>
internal static class OpenPackage
{
    private const string Formats = "http://schemas.openxmlformats.org/package/2006/";
    private const string Nuspec = "OnnxDeep.nuspec";
    private const string Properties = "package/services/metadata/core-properties/OnnxDeep.psmdcp";

    /// <summary>Returns the parts by name.</summary>
    /// <param name="metadata">The nuspec of the full package.</param>
    /// <param name="platform">The platform of the package; empty for the full one.</param>
    /// <param name="files">The files of the module.</param>
    public static IEnumerable<KeyValuePair<string, PackedFile>> Parts(
        XDocument metadata, string platform, IReadOnlyList<string> files)
    {
        XDocument nuspec = Describe(metadata, platform);
        yield return Part("[Content_Types].xml", ContentTypes(files));
        yield return Part("_rels/.rels", Relationships());
        yield return Part(Nuspec, nuspec);
        yield return Part(Properties, CoreProperties(nuspec));
    }

    private static XDocument Describe(XDocument metadata, string platform)
    {
        var nuspec = new XDocument(metadata);
        if (platform.Length > 0)
        {
            Find(nuspec, "description").Value += $" This package runs on {platform} only.";
        }

        return nuspec;
    }

    private static XDocument ContentTypes(IReadOnlyList<string> files)
    {
        XNamespace types = Formats + "content-types";
        string[] names = [.. files, Nuspec];
        return new XDocument(new XElement(
            types + "Types",
            Default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            Default("psmdcp", "application/vnd.openxmlformats-package.core-properties+xml"),
            names.Select(name => Path.GetExtension(name).TrimStart('.'))
                .Where(extension => extension.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Order(StringComparer.Ordinal)
                .Select(extension => Default(extension, "application/octet")),
            names.Where(name => !Path.HasExtension(name)).Select(name => new XElement(
                types + "Override",
                new XAttribute("PartName", "/" + name),
                new XAttribute("ContentType", "application/octet")))));

        XElement Default(string extension, string type) => new(
            types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));
    }

    private static XDocument Relationships()
    {
        XNamespace relationships = Formats + "relationships";
        return new XDocument(new XElement(
            relationships + "Relationships",
            Relationship("http://schemas.microsoft.com/packaging/2010/07/manifest", Nuspec, "R1"),
            Relationship(Formats + "relationships/metadata/core-properties", Properties, "R2")));

        XElement Relationship(string type, string target, string id) => new(
            relationships + "Relationship",
            new XAttribute("Type", type),
            new XAttribute("Target", "/" + target),
            new XAttribute("Id", id));
    }

    private static XDocument CoreProperties(XDocument nuspec)
    {
        XNamespace core = Formats + "metadata/core-properties";
        XNamespace dublin = "http://purl.org/dc/elements/1.1/";
        return new XDocument(new XElement(
            core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "dc", dublin),
            new XElement(dublin + "creator", Find(nuspec, "authors").Value),
            new XElement(dublin + "description", Find(nuspec, "description").Value),
            new XElement(dublin + "identifier", Find(nuspec, "id").Value),
            new XElement(core + "version", Find(nuspec, "version").Value)));
    }

    private static XElement Find(XDocument nuspec, string name) =>
        nuspec.Descendants().Single(one => one.Name.LocalName == name);

    private static KeyValuePair<string, PackedFile> Part(string name, XDocument content)
    {
        content.Declaration = new XDeclaration("1.0", "utf-8", null);
        string text = $"{content.Declaration}\n{content}\n".ReplaceLineEndings("\n");
        return new KeyValuePair<string, PackedFile>(name, PackedFile.From(Encoding.UTF8.GetBytes(text)));
    }
}
