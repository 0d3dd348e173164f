using System.Globalization;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OnnxDeep.HelpBuilder;

/// <summary>Converts short descriptions of views to the file that PowerShell uses to format objects.</summary>
internal static class ViewWriter
{
    private const string Property = "Property";
    private const string Label = "Label";
    private const string Format = "Format";
    private const string When = "When";

    // The parent of each element, and its valid settings.
    private static readonly Dictionary<string, (string Parent, string[] Settings)> s_elements = new()
    {
        ["Type"] = ("Views", ["Name"]),
        ["Table"] = ("Type", []),
        ["List"] = ("Type", []),
        ["Text"] = ("Type", []),
        ["GroupBy"] = ("Table", [Property, Label]),
        ["Column"] = ("Table", [Property, Label, "Width", "Align", Format]),
        ["Item"] = ("List", [Property, Label, Format, When]),
        ["Line"] = ("Text", [Property, When]),
    };

    private static readonly string[] s_none = [];
    private static readonly string[] s_alignments = ["Left", "Center", "Right"];

    /// <summary>Writes a file of views.</summary>
    /// <param name="assemblyPath">The assembly of the cmdlets, next to the assemblies of their output types.</param>
    /// <param name="descriptionPath">The short descriptions; the file itself documents its format.</param>
    /// <param name="outputPath">The .ps1xml file to write.</param>
    /// <exception cref="SourceException">Descriptions and types do not match; nothing is written.</exception>
    public static void Write(string assemblyPath, string descriptionPath, string outputPath)
    {
        using var assembly = new CmdletAssembly(assemblyPath);
        XElement views = Load(descriptionPath);
        SourceProblem[] problems =
        [
            .. views.Descendants().SelectMany(element => Check(element, assembly)
                .Select(message => new SourceProblem($"{descriptionPath}({Line(element)})", message))),
        ];
        if (problems.Length > 0)
        {
            throw new SourceException(problems);
        }

        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using var writer = XmlWriter.Create(outputPath, settings);
        new XElement("Configuration", new XElement("ViewDefinitions", Views(views, assembly))).Save(writer);
    }

    private static XElement Load(string path)
    {
        try
        {
            return XDocument.Load(path, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException e)
        {
            throw new SourceException($"{path}({e.LineNumber})", e.Message);
        }
    }

    private static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;

    private static IEnumerable<string> Check(XElement element, CmdletAssembly assembly)
    {
        string name = element.Name.LocalName;
        if (!s_elements.TryGetValue(name, out var known) || known.Parent != element.Parent!.Name.LocalName)
        {
            return [$"{element.Parent!.Name} cannot contain {name}."];
        }

        string? typeName = element.AncestorsAndSelf("Type").Attributes("Name").FirstOrDefault()?.Value;
        Type? type = assembly.FindType(typeName);
        bool holdsOthers = s_elements.Values.Any(other => other.Parent == name);
        return
        [
            .. element.Attributes().Select(attribute => attribute.Name.LocalName).Except(known.Settings)
                .Select(setting =>
                    $"{name} has no setting {setting}. Valid settings: {string.Join(", ", known.Settings)}."),
            .. name == "Type" && type is null ? [$"the module has no type '{typeName}'."] : s_none,
            .. name == "Type" && element.ElementsBeforeSelf().Any(other => Setting(other, "Name") == typeName)
                ? [$"the type {typeName} is listed twice."]
                : s_none,
            .. holdsOthers && !element.HasElements ? [$"{name} is empty."] : s_none,
            .. holdsOthers || type is null ? s_none : CheckShown(element, type),
        ];
    }

    // The properties that a column, item, line or group displays.
    private static IEnumerable<string> CheckShown(XElement element, Type type)
    {
        string? property = Setting(element, Property);
        string script = element.Value.Trim();
        if (property is null == (script.Length == 0))
        {
            yield return $"{element.Name} needs either a Property or a script.";
        }

        if (script.Length > 0 && Setting(element, Label) is null && element.Name != "Line")
        {
            yield return $"{element.Name} with a script needs a Label.";
        }

        if (Setting(element, "Width") is string width
            && !(int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0))
        {
            yield return $"the Width '{width}' is not a number of columns.";
        }

        if (Setting(element, "Align") is string alignment && !s_alignments.Contains(alignment))
        {
            yield return $"there is no Align '{alignment}'. Use one of: {string.Join(", ", s_alignments)}.";
        }

        ScriptBlockAst[] scripts =
        [
            Parser.ParseInput(script, out _, out ParseError[] errors),
            Parser.ParseInput(Setting(element, When) ?? string.Empty, out _, out ParseError[] conditionErrors),
        ];
        foreach (ParseError error in errors.Concat(conditionErrors))
        {
            yield return $"the script is invalid: {error.Message}";
        }

        foreach (string missing in scripts.SelectMany(PropertiesOfObject).Prepend(property).OfType<string>()
            .Except(type.GetProperties().Select(existing => existing.Name)))
        {
            yield return $"{type.FullName} has no property '{missing}'.";
        }
    }

    // Only in the script itself: in a nested one, such as that of ForEach-Object, $_ is another object.
    private static IEnumerable<string> PropertiesOfObject(ScriptBlockAst script) => script
        .FindAll(ast => ast is MemberExpressionAst and not InvokeMemberExpressionAst, searchNestedScriptBlocks: false)
        .Cast<MemberExpressionAst>()
        .Where(member => member.Expression is VariableExpressionAst { VariablePath.UserPath: "_" })
        .Select(member => member.Member)
        .OfType<StringConstantExpressionAst>()
        .Select(member => member.Value);

    private static IEnumerable<XElement> Views(XElement views, CmdletAssembly assembly)
    {
        var scripts = new ShownScript(assembly);
        return views.Elements().Select(type => AddList(type, assembly)).SelectMany(type => Views(type, element => Shown(
            element,
            scripts.Show(
                Setting(element, Property),
                element.Value.Trim(),
                isLine: element.Name.LocalName is "Column" or "GroupBy"
                    || (element.Name == "Item" && Setting(element, Property) is not null),
                assembly.FindType(Setting(type, "Name"))!))));
    }

    // PowerShell lists an object that follows one of another type. Without a list view, it would not use these scripts.
    private static XElement AddList(XElement type, CmdletAssembly assembly)
    {
        PropertyInfo[] properties = assembly.FindType(Setting(type, "Name"))!.GetProperties();
        var whole = new XElement(type);
        if (whole.Element("List") is null && properties.Length > 0)
        {
            whole.Add(new XElement(
                "List", properties.Select(property => new XElement("Item", new XAttribute(Property, property.Name)))));
        }

        return whole;
    }

    // PowerShell finds views by name; the first has the name of its type.
    private static IEnumerable<XElement> Views(
        XElement type,
        Func<XElement, IEnumerable<XElement?>> shown) => type.Elements().Select((view, index) => new XElement(
        "View",
        new XElement("Name", Setting(type, "Name") + (index == 0 ? string.Empty : $".{view.Name}")),
        new XElement("ViewSelectedBy", new XElement("TypeName", Setting(type, "Name"))),
        view.Elements("GroupBy").Select(group => new XElement("GroupBy", Heading(group), shown(group))),
        view.Name.LocalName switch
        {
            "Table" => TableControl([.. view.Elements("Column")], shown),
            "List" => ListControl(view.Elements(), shown),
            _ => TextControl(view.Elements(), shown),
        }));

    private static XElement TableControl(
        XElement[] columns, Func<XElement, IEnumerable<XElement?>> shown) => new(
        "TableControl",
        new XElement("TableHeaders", columns.Select(column => new XElement(
            "TableColumnHeader",
            Heading(column),
            Optional("Width", Setting(column, "Width")),
            new XElement("Alignment", Setting(column, "Align") ?? "Left")))),
        new XElement("TableRowEntries", new XElement("TableRowEntry", new XElement(
            "TableColumnItems", columns.Select(column => new XElement("TableColumnItem", shown(column)))))));

    private static XElement ListControl(
        IEnumerable<XElement> items, Func<XElement, IEnumerable<XElement?>> shown) => new(
        "ListControl",
        new XElement("ListEntries", new XElement("ListEntry", new XElement(
            "ListItems", items.Select(item => new XElement("ListItem", Heading(item), shown(item)))))));

    private static XElement TextControl(
        IEnumerable<XElement> lines, Func<XElement, IEnumerable<XElement?>> shown) => new(
        "CustomControl",
        new XElement("CustomEntries", new XElement("CustomEntry", new XElement(
            "CustomItem",
            lines.SelectMany(line => new[] { new XElement("NewLine"), new XElement("ExpressionBinding", shown(line)) })
                .Skip(1)))));

    private static XElement Heading(XElement element) =>
        new(Label, Setting(element, Label) ?? Setting(element, Property));

    private static IEnumerable<XElement?> Shown(XElement element, XElement source) =>
    [
        Setting(element, When) is string condition
            ? new XElement("ItemSelectionCondition", new XElement("ScriptBlock", condition))
            : null,
        source,
        Optional("FormatString", Setting(element, Format) is string format ? $"{{0:{format}}}" : null),
    ];

    private static XElement? Optional(string name, string? value) => value is null ? null : new XElement(name, value);

    private static string? Setting(XElement element, string name) => element.Attribute(name)?.Value;
}
