using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OnnxDeep.HelpBuilder;

/// <summary>A heading, the blocks below it, and the sections of the next level.</summary>
/// <param name="Title">The text of the heading.</param>
/// <param name="Level">The level of the heading; 1 for #.</param>
internal sealed record MarkdownSection(string Title, int Level)
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>The blocks between this heading and the next.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>The subsections in the order of the page.</summary>
    public List<MarkdownSection> Sections { get; } = [];

    /// <summary>Reads a page, which is one section of level 1 with the name of its file.</summary>
    /// <exception cref="SourceException">The headings have another structure.</exception>
    public static MarkdownSection Load(string file)
    {
        var root = new MarkdownSection(string.Empty, 0);
        var open = new Stack<MarkdownSection>([root]);
        foreach (Block block in Markdown.Parse(File.ReadAllText(file), s_pipeline))
        {
            if (block is not HeadingBlock heading)
            {
                open.Peek().Blocks.Add(block);
                continue;
            }

            while (open.Peek().Level >= heading.Level)
            {
                open.Pop();
            }

            var section = new MarkdownSection(new MarkdownText(file).Inline(heading.Inline), heading.Level);
            open.Peek().Sections.Add(section);
            open.Push(section);
        }

        string name = Path.GetFileNameWithoutExtension(file);
        return root.Sections is [{ Level: 1 } page] && page.Title == name
            ? page
            : throw new SourceException(file, $"the page must have one heading of level 1, '# {name}'.");
    }
}

/// <summary>Converts Markdown to the plain text that a terminal shows.</summary>
internal sealed class MarkdownText(string file)
{
    /// <summary>Returns one string per paragraph; a list is one paragraph with a line for each item.</summary>
    /// <exception cref="SourceException">A block has no plain-text form.</exception>
    public IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks) =>
    [
        .. blocks.Select(block => block is ListBlock list
            ? string.Join('\n', Items(list).Select(item => "- " + item))
            : Paragraph(block)),
    ];

    /// <summary>Returns the items of a list.</summary>
    public IEnumerable<string> Items(ListBlock list) =>
        list.Cast<ListItemBlock>().Select(item => item.Count == 1 ? Paragraph(item[0]) : throw Unsupported(item));

    /// <summary>Returns the text of a paragraph.</summary>
    public string Paragraph(Block block) =>
        block is ParagraphBlock paragraph ? Inline(paragraph.Inline) : throw Unsupported(block);

    /// <summary>Returns the cells of a table, row by row, starting with the heading.</summary>
    public IReadOnlyList<string[]> Rows(Table table) =>
        [.. table.Cast<TableRow>().Select(row => row.Cast<TableCell>().Select(Cell).ToArray())];

    /// <summary>Returns the lines of a fenced code block.</summary>
    public static string Code(FencedCodeBlock block) => block.Lines.ToString().ReplaceLineEndings("\n");

    /// <summary>Returns the text of a heading, paragraph or link, without markup.</summary>
    public string Inline(ContainerInline? inlines) => string.Concat((inlines ?? []).Select(Inline));

    private string Inline(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline link => link.Url,
        LinkInline or EmphasisInline => Inline((ContainerInline)inline),
        _ => throw new SourceException(
            file, $"line {inline.Line + 1} has {inline.GetType().Name}, which is not plain text."),
    };

    private string Cell(TableCell cell) => string.Concat(cell.Select(Paragraph));

    private SourceException Unsupported(Block block) =>
        new(file, $"line {block.Line + 1} has a {block.GetType().Name} where plain text is expected.");
}
