using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OnnxDeep.HelpBuilder;

/// <summary>A cmdlet's page; texts are lists of paragraphs.</summary>
/// <param name="File">Where it was read from.</param>
/// <param name="Name">Verb-Noun.</param>
/// <param name="Synopsis">One line.</param>
/// <param name="Description">At least one paragraph.</param>
/// <param name="Examples">At least one.</param>
/// <param name="Parameters">In the page's order.</param>
/// <param name="Inputs">Types and what they are.</param>
/// <param name="Outputs">Types and what they are.</param>
/// <param name="Notes">May be empty.</param>
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

/// <summary>A parameter or type and its paragraphs.</summary>
/// <param name="Name">The parameter without the hyphen, or the type's full name.</param>
/// <param name="Text">What the page says.</param>
internal sealed record HelpEntry(string Name, IReadOnlyList<string> Text);

/// <summary>An example.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Code">What to type.</param>
/// <param name="Remarks">Paragraphs about it.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>Reads a cmdlet's page: the sections of Get-Help as headings of level 2.</summary>
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
    /// <exception cref="SourceException">A section is missing, unknown or not as it should be.</exception>
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
        // No other addresses: Get-Help -Online would open the first of them as the command's own page.
        string text = _text.Inline(link);
        return link.Url == text + ".md" && File.Exists(Path.Combine(Path.GetDirectoryName(_file)!, link.Url))
            ? text
            : throw new SourceException(_file, $"the link [{text}]({link.Url}) leads to no page of that name.");
    }

    private SourceException Lacks(string title, string part) => new(_file, $"the section {title} lacks {part}.");
}
