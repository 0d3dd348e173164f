using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OnnxDeep.HelpBuilder;

/// <summary>The page of a cmdlet; texts are lists of paragraphs.</summary>
/// <param name="File">The path of the page.</param>
/// <param name="Name">The name, such as Verb-Noun.</param>
/// <param name="Synopsis">The synopsis, one line.</param>
/// <param name="Description">The description, at least one paragraph.</param>
/// <param name="Examples">The examples, at least one.</param>
/// <param name="Parameters">The parameters in the order of the page.</param>
/// <param name="Inputs">The input types with their descriptions.</param>
/// <param name="Outputs">The output types with their descriptions.</param>
/// <param name="Notes">The notes; may be empty.</param>
/// <param name="Links">Commands and topics that Get-Help can show; may be empty.</param>
internal sealed record HelpPage(
    string File,
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpEntry> Parameters,
    IReadOnlyList<HelpEntry> Inputs,
    IReadOnlyList<HelpEntry> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Links);

/// <summary>A parameter or type with its description.</summary>
/// <param name="Name">The parameter without the hyphen, or the full name of the type.</param>
/// <param name="Text">The paragraphs of the description.</param>
internal sealed record HelpEntry(string Name, IReadOnlyList<string> Text);

/// <summary>An example.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Code">The command to enter.</param>
/// <param name="Remarks">The paragraphs after the code.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>Reads the page of a cmdlet, which has the sections of Get-Help as level-2 headings.</summary>
internal sealed class HelpPageReader
{
    private static readonly string[] s_sections =
    [
        "SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS",
    ];

    private readonly string _file;
    private readonly MarkdownSection _page;
    private readonly MarkdownText _text;

    private HelpPageReader(string file)
    {
        _file = file;
        _page = MarkdownSection.Load(file);
        _text = new MarkdownText(file);
    }

    /// <summary>Reads one page.</summary>
    /// <exception cref="SourceException">A section is missing, unknown or invalid.</exception>
    public static HelpPage Read(string file) => new HelpPageReader(file).Read();

    private HelpPage Read()
    {
        string[] titles = [.. _page.Sections.Select(section => section.Title)];
        if (!titles.SequenceEqual(s_sections, StringComparer.Ordinal))
        {
            throw new SourceException(
                _file,
                $"the sections are {string.Join(", ", titles)}; they must be {string.Join(", ", s_sections)}.");
        }

        return new HelpPage(
            _file,
            _page.Title,
            Paragraphs("SYNOPSIS") is [var synopsis] ? synopsis : throw Lacks("SYNOPSIS", "its one paragraph"),
            Paragraphs("DESCRIPTION") is { Count: > 0 } description ? description : throw Lacks("DESCRIPTION", "text"),
            [.. Section("EXAMPLES").Sections.Select(ReadExample)],
            Entries("PARAMETERS"),
            Entries("INPUTS"),
            Entries("OUTPUTS"),
            Paragraphs("NOTES"),
            [.. Section("RELATED LINKS").Blocks.SelectMany(block => block.Descendants<LinkInline>()).Select(ReadLink)]);
    }

    private MarkdownSection Section(string title) => _page.Sections.First(section => section.Title == title);

    private IReadOnlyList<string> Paragraphs(string title) => _text.Paragraphs(Section(title).Blocks);

    private HelpEntry[] Entries(string title) =>
        [.. Section(title).Sections.Select(section => ReadEntry(title, section))];

    private HelpEntry ReadEntry(string title, MarkdownSection section) => section.Blocks.Count > 0
        ? new HelpEntry(section.Title.TrimStart('-'), _text.Paragraphs(section.Blocks))
        : throw Lacks(title, $"the text of '{section.Title}'");

    private HelpExample ReadExample(MarkdownSection section) => section.Blocks is [FencedCodeBlock code, .. var remarks]
        ? new HelpExample(section.Title, MarkdownText.Code(code), _text.Paragraphs(remarks))
        : throw Lacks("EXAMPLES", $"the code of '{section.Title}'");

    private string ReadLink(LinkInline link)
    {
        // Only links to pages: Get-Help -Online would open the first other address as the command's online page.
        string text = _text.Inline(link);
        return link.Url == text + ".md" && File.Exists(Path.Combine(Path.GetDirectoryName(_file)!, link.Url))
            ? text
            : throw new SourceException(_file, $"the link [{text}]({link.Url}) leads to no page with that name.");
    }

    private SourceException Lacks(string title, string part) => new(_file, $"the section {title} is missing {part}.");
}
