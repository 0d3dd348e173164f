using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OnnxDeep.HelpBuilder.Pages;

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
    /// <exception cref="HelpException">A section is missing, unknown or not as it should be.</exception>
    public static HelpPage Read(string file) => new HelpPageReader(file).Read();

    private HelpPage Read()
    {
        string[] titles = [.. _page.Sections.Select(section => section.Title)];
        if (!titles.SequenceEqual(s_sections, StringComparer.Ordinal))
        {
            throw new HelpException(
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
            : throw new HelpException(_file, $"the link [{text}]({link.Url}) leads to no page of that name.");
    }

    private HelpException Lacks(string title, string part) => new(_file, $"the section {title} lacks {part}.");
}
