using System.Globalization;
using System.Text;

namespace OnnxDeep.Packager;

/// <summary>Writes the list of the works of others in a module, with each licence text once.</summary>
internal static class NoticeWriter
{
    /// <summary>The name of the file in the module.</summary>
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    private const int Columns = 120;

    /// <summary>Returns the content of the file.</summary>
    public static string Write(ModuleInventory inventory)
    {
        string[] texts = [.. inventory.Components.SelectMany(component => component.Texts).Distinct()];
        var output = new StringBuilder();
        output.Append(
            $"OnnxDeep {inventory.Version}: works of others in this module\n\n"
            + "OnnxDeep has the licence in LICENSE. This file lists each work of others in the module, with its\n"
            + "licence, the files that are or contain it, and the numbers of its texts below. The build writes it\n"
            + "from the packages and from NOTICE.\n");
        foreach (Component component in inventory.Components)
        {
            output.Append('\n').AppendJoin('\n', Lines(component, texts)).Append('\n');
        }

        for (int index = 0; index < texts.Length; index++)
        {
            string text = texts[index];
            IEnumerable<string> owners = inventory.Components
                .Where(component => component.Texts.Contains(text))
                .Select(component => $"{component.Name} {component.Version}");
            output.Append('\n').Append('=', Columns);
            output.Append(CultureInfo.InvariantCulture, $"\nText {index + 1}: {string.Join(", ", owners)}\n\n{text}");
        }

        return output.ToString();
    }

    private static IEnumerable<string> Lines(Component component, string[] texts) =>
    [
        $"Name: {component.Name}",
        $"Version: {component.Version}",
        $"License: {component.License}",
        $"Copyright: {component.Copyright}",
        $"Source: {component.Source}",
        .. component.Files.Select(file => $"File: {file}"),
        $"Texts: {string.Join(", ", component.Texts.Select(text => Array.IndexOf(texts, text) + 1).Distinct())}",
    ];
}
