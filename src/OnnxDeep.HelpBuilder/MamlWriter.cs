using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OnnxDeep.HelpBuilder;

/// <summary>Writes pages as MAML, the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    // The width that Get-Help's indentation leaves of an 80-column window.
    private const int Width = 76;

    private static readonly XNamespace s_root = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Returns one document for all pages.</summary>
    public static string Write(IEnumerable<HelpPage> pages, IReadOnlyList<CmdletDescription> cmdlets)
    {
        var document = new XDocument(new XElement(
            s_root + "helpItems",
            new XAttribute("schema", "maml"),
            pages.Select(page => Command(page, cmdlets.Single(cmdlet => cmdlet.Name == page.Name)))));

        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            document.Save(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static XElement Command(HelpPage page, CmdletDescription cmdlet)
    {
        string[] name = page.Name.Split('-');
        IReadOnlyList<string> sets = FindSets(page, cmdlet);
        return new XElement(
            s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", page.Name),
                new XElement(s_command + "verb", name[0]),
                new XElement(s_command + "noun", name[1]),
                Text(s_maml + "description", [page.Synopsis])),
            Text(s_maml + "description", page.Description),
            new XElement(s_command + "syntax", sets.Select(set => SyntaxItem(page, cmdlet, set))),
            new XElement(
                s_command + "parameters",
                page.Parameters.Select(entry => Parameter(
                    entry,
                    cmdlet.Parameters[entry.Name],
                    sets.First(set => cmdlet.Parameters[entry.Name].InSet(set) is not null))),
                ShouldProcessParameters(cmdlet)),
            new XElement(
                s_command + "inputTypes",
                page.Inputs.Select(entry => TypeEntry(s_command + "inputType", entry))),
            new XElement(
                s_command + "returnValues",
                page.Outputs.Select(entry => TypeEntry(s_command + "returnValue", entry))),
            new XElement(s_maml + "alertSet", Text(s_maml + "alert", page.Notes)),
            new XElement(s_command + "examples", page.Examples.Select(Example)),
            new XElement(s_command + "relatedLinks", page.Links.Select(Link)));
    }

    private static XElement SyntaxItem(HelpPage page, CmdletDescription cmdlet, string set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", page.Name),
        page.Parameters
            .Where(entry => cmdlet.Parameters[entry.Name].InSet(set) is not null)
            .OrderBy(entry => Order(cmdlet.Parameters[entry.Name].InSet(set)!))
            .Select(entry => Parameter(entry, cmdlet.Parameters[entry.Name], set)),
        ShouldProcessParameters(cmdlet));

    // PowerShell adds these to every cmdlet that supports ShouldProcess, so the pages do not repeat them.
    private static IEnumerable<XElement> ShouldProcessParameters(CmdletDescription cmdlet) =>
        cmdlet.SupportsShouldProcess
            ?
            [
                Switch("WhatIf", "wi", "Shows what would happen if the command ran. The command is not run."),
                Switch("Confirm", "cf", "Prompts you for confirmation before running the command."),
            ]
            : [];

    private static XElement Switch(string name, string alias, string text) => new(
        s_command + "parameter",
        new XAttribute("required", false),
        new XAttribute("variableLength", false),
        new XAttribute("globbing", false),
        new XAttribute("pipelineInput", "False"),
        new XAttribute("position", "named"),
        new XAttribute("aliases", alias),
        new XElement(s_maml + "name", name),
        Text(s_maml + "description", [text]),
        new XElement(s_dev + "type", new XElement(s_maml + "name", typeof(SwitchParameter).FullName)),
        new XElement(s_dev + "defaultValue", "False"));

    // Positional parameters first, then other mandatory ones, then the rest in the order of the page.
    private static int Order(ParameterSetMetadata parameter) =>
        parameter.Position >= 0 ? parameter.Position
        : parameter.IsMandatory ? int.MaxValue - 1
        : int.MaxValue;

    // The default set first, then in the order in which the page lists their parameters.
    private static List<string> FindSets(HelpPage page, CmdletDescription cmdlet)
    {
        List<string> sets =
        [
            .. page.Parameters.SelectMany(entry => cmdlet.Parameters[entry.Name].SetNames)
                .Where(set => set != ParameterAttribute.AllParameterSets)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(set => set == cmdlet.DefaultSet),
        ];
        return sets.Count == 0 ? [ParameterAttribute.AllParameterSets] : sets;
    }

    private static XElement Parameter(HelpEntry entry, ParameterDescription parameter, string set)
    {
        ParameterSetMetadata inSet = parameter.InSet(set)!;
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", inSet.IsMandatory),
            new XAttribute("variableLength", parameter.IsArray),
            new XAttribute("globbing", parameter.HasWildcards),
            new XAttribute("pipelineInput", PipelineInput(inSet)),
            new XAttribute(
                "position", inSet.Position < 0 ? "named" : inSet.Position.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            Text(s_maml + "description", entry.Text),
            parameter.IsSwitch ? null : ParameterValue(parameter),
            new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.FullTypeName)),
            new XElement(s_dev + "defaultValue", parameter.DefaultValue));
    }

    private static XElement ParameterValue(ParameterDescription parameter) => new(
        s_command + "parameterValue",
        new XAttribute("required", "true"),
        new XAttribute("variableLength", parameter.IsArray),
        parameter.TypeName);

    private static string PipelineInput(ParameterSetMetadata inSet) =>
        (inSet.ValueFromPipeline, inSet.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static XElement TypeEntry(XName name, HelpEntry entry) => new(
        name,
        new XElement(s_dev + "type", new XElement(s_maml + "name", entry.Name)),
        Text(s_maml + "description", entry.Text));

    private static XElement Example(HelpExample example) => new(
        s_command + "example",
        new XElement(s_maml + "title", Rule(example.Title)),
        new XElement(s_dev + "code", example.Code),
        Text(s_dev + "remarks", [.. example.Remarks, string.Empty]));

    // Get-Help separates examples only by their titles.
    private static string Rule(string title)
    {
        string rule = new('-', Math.Max(1, (Width - title.Length - 2) / 2));
        return $"{rule} {title} {rule}";
    }

    private static XElement Link(string link) => new(
        s_maml + "navigationLink", new XElement(s_maml + "linkText", link), new XElement(s_maml + "uri"));

    private static XElement Text(XName name, IEnumerable<string> paragraphs) =>
        new(name, paragraphs.Select(paragraph => new XElement(s_maml + "para", paragraph)));
}
