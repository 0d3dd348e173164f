using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OnnxDeep.HelpBuilder;

/// <summary>A heading, the blocks below it and the sections of the next level.</summary>
/// <param name="Title">The heading's text.</param>
/// <param name="Level">1 for #.</param>
internal sealed record MarkdownSection(string Title, int Level)
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>What stands between this heading and the next.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>In the page's order.</summary>
    public List<MarkdownSection> Sections { get; } = [];

    /// <summary>Reads a page, which is one section of level 1 named as its file.</summary>
    /// <exception cref="SourceException">The headings are not so.</exception>
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

/// <summary>Markdown to the plain text that a terminal shows.</summary>
internal sealed class MarkdownText(string file)
{
    /// <summary>A paragraph each, a list as one paragraph with a line for each item.</summary>
    /// <exception cref="SourceException">A block has no plain form.</exception>
    public IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks) =>
    [
        .. blocks.Select(block => block is ListBlock list
            ? string.Join('\n', Items(list).Select(item => "- " + item))
            : Paragraph(block)),
    ];

    /// <summary>The items of a list.</summary>
    public IEnumerable<string> Items(ListBlock list) =>
        list.Cast<ListItemBlock>().Select(item => item.Count == 1 ? Paragraph(item[0]) : throw Unsupported(item));

    /// <summary>The text of a paragraph.</summary>
    public string Paragraph(Block block) =>
        block is ParagraphBlock paragraph ? Inline(paragraph.Inline) : throw Unsupported(block);

    /// <summary>The cells of a table, row by row, the heading first.</summary>
    public IReadOnlyList<string[]> Rows(Table table) =>
        [.. table.Cast<TableRow>().Select(row => row.Cast<TableCell>().Select(Cell).ToArray())];

    /// <summary>The lines of a fenced block.</summary>
    public static string Code(FencedCodeBlock block) => block.Lines.ToString().ReplaceLineEndings("\n");

    /// <summary>The text of a heading, paragraph or link, without marks.</summary>
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
            file, $"line {inline.Line + 1} has {inline.GetType().Name}, which is no plain text."),
    };

    private string Cell(TableCell cell) => string.Concat(cell.Select(Paragraph));

    private SourceException Unsupported(Block block) =>
        new(file, $"line {block.Line + 1} has a {block.GetType().Name} where plain text is expected.");
}
