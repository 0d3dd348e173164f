using Markdig;
using Markdig.Syntax;

namespace OnnxDeep.HelpBuilder.Pages;

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
    /// <exception cref="HelpException">The headings are not so.</exception>
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
            : throw new HelpException(file, $"the page must have one heading of level 1, '# {name}'.");
    }
}
